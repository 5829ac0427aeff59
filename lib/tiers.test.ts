import { expect, test } from 'vitest';
import { type Feature, featureRefusal, features, findFeature, hasFeature, tiers } from './tiers';

test('a feature is there from its least tier on, and never below it', () => {
  for (const feature of Object.keys(features) as Feature[]) {
    const from = tiers.indexOf(features[feature].least);
    expect(tiers.map((tier) => hasFeature(tier, feature))).toEqual(tiers.map((_, n) => n >= from));
  }
});

test('a refusal names the plan that lifts it', () => {
  expect(featureRefusal('stage_sla')).toBe('A time limit for each stage comes with Premium');
});

test('a name that is no feature is none, not a property that every object has', () => {
  expect(findFeature('reminders')).toBe('reminders');
  expect(findFeature('constructor')).toBeNull();
});
