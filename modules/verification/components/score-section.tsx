'use client';

import { InlineSelect, InlineText } from '@/components/inline-edit';
import { TierHint, useFeature } from '@/components/tier';
import { formatNumber } from '@/lib/format';
import { DetailSection, Fact } from '@/modules/records/components/detail-layout';
import type { ScoreInputs, Verification } from '../domain';
import { ScoreRing } from './score-ring';

const inputs = [
  { key: 'roi_annual_pct', label: 'ROI a year', unit: '%', least: -1000, most: 1000 },
  { key: 'regulatory_risk', label: 'Regulatory risk', unit: ' of 100', least: 0, most: 100 },
  { key: 'market_risk', label: 'Market risk', unit: ' of 100', least: 0, most: 100 },
] as const;

const allowedWords = [
  { value: '', label: 'Not known' },
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

/** What a person types as a number; null for nothing, NaN for anything else. */
const numberOf = (text: string) => {
  const plain = text.replace(/[,%\s]/g, '');
  if (plain === '') return null;
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
};

/** The score with the inputs it comes from, what each adds, and what it does. */
export function ScoreSection({
  card,
  onSave,
}: {
  card: Verification;
  onSave: (inputs: { [key in keyof ScoreInputs]: ScoreInputs[key] | null }) => Promise<void>;
}) {
  const { score, score_inputs: given, score_parts: parts, rules } = card;
  const movesByRule = useFeature('auto_move');
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const missing = parts.filter(({ weight, part }) => weight > 0 && part === null).length;
  return (
    <DetailSection
      title="Score"
      action={<ScoreRing score={score} isOver={(score ?? 0) >= rules.threshold} size={36} />}
    >
      <dl>
        {inputs.map(({ key, label, unit, least, most }) => {
          const found = parts.find((part) => part.key === key);
          const adds =
            found && found.part !== null && total > 0 ? (found.part * found.weight * 100) / total : null;
          return (
            <Fact key={key} label={label}>
              <div className="flex items-baseline gap-2">
                <InlineText
                  className="flex-1"
                  label={label}
                  value={given[key] === undefined ? '' : String(given[key])}
                  display={(value) => (
                    <span className="tabular-nums">
                      {value}
                      {unit}
                    </span>
                  )}
                  validate={(next) => {
                    const value = numberOf(next);
                    if (value === null) return null;
                    return value >= least && value <= most
                      ? null
                      : `A number from ${formatNumber(least)} to ${formatNumber(most)}`;
                  }}
                  onSave={(next) => onSave({ [key]: numberOf(next) })}
                />
                {found && found.weight > 0 ? (
                  <span className="shrink-0 text-muted-foreground text-xs tabular-nums">
                    {adds === null
                      ? `up to ${formatNumber((found.weight * 100) / total)}`
                      : `+${formatNumber(adds, 1)} of ${formatNumber((found.weight * 100) / total)}`}
                  </span>
                ) : (
                  <span className="shrink-0 text-muted-foreground text-xs">not counted</span>
                )}
              </div>
            </Fact>
          );
        })}
        <Fact label="Allowed here">
          <InlineSelect
            label="Whether the jurisdiction allows it"
            value={given.jurisdiction_allowed === undefined ? '' : given.jurisdiction_allowed ? 'yes' : 'no'}
            options={allowedWords}
            onSave={(value) => onSave({ jurisdiction_allowed: value === '' ? null : value === 'yes' })}
          />
        </Fact>
      </dl>
      <p className="mt-1 text-muted-foreground text-xs">
        {score === null && missing > 0
          ? `The score is there once ${missing === 1 ? 'the missing value is' : 'the missing values are'} known. `
          : null}
        {movesByRule && rules.auto_move && card.pipeline.approve_stage_id
          ? `From ${formatNumber(rules.threshold, 2)} on, where the jurisdiction allows it, the card moves to ${
              card.stages.find(({ id }) => id === card.pipeline.approve_stage_id)?.name ?? 'the next stage'
            } by itself, unless somebody has decided otherwise.`
          : null}
      </p>
      {movesByRule ? null : <TierHint feature="auto_move" className="mt-1 text-xs" />}
    </DetailSection>
  );
}
