import { describe, expect, test } from 'vitest';
import type { PhoneBrief } from '@/modules/contact-points/domain';
import { pointsFor } from './domain';

const phone = (given: Partial<PhoneBrief>): PhoneBrief => ({
  id: 'a',
  e164: '+12125550142',
  status: 'active',
  line_type: 'mobile',
  do_not_call: false,
  sms_opted_out: false,
  label: null,
  is_primary: false,
  ...given,
});

describe('the points a channel runs over', () => {
  test('one that may be used comes before one that may not, whichever is the primary', () => {
    const phones = [phone({ id: 'dead', status: 'disconnected', is_primary: true }), phone({ id: 'good' })];
    expect(pointsFor('call', { phones }).map(({ id }) => id)).toEqual(['good', 'dead']);
  });

  test('who opted out of SMS may still be called', () => {
    const phones = [phone({ sms_opted_out: true })];
    expect(pointsFor('call', { phones })[0]?.state.tone).toBe('ok');
    expect(pointsFor('sms', { phones })[0]?.state.tone).toBe('blocked');
  });

  test('a do-not-call number is blocked for calls and says so', () => {
    expect(pointsFor('call', { phones: [phone({ do_not_call: true })] })[0]?.state).toEqual({
      words: 'Do not call',
      tone: 'blocked',
    });
  });

  test('an in-app message has no point of its own', () => {
    expect(pointsFor('in_app', { phones: [phone({})] })).toEqual([]);
  });
});
