'use client';

import { useState } from 'react';
import { FormProblem } from '@/components/form-notice';
import { notify } from '@/components/notify';
import { SettingsSection } from '@/components/settings-section';
import { TierHint, useFeature } from '@/components/tier';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { api } from '@/lib/api-client';
import { useApiForm } from '@/lib/use-api-form';
import type { ScoreRules } from '../domain';

const weights = [
  { name: 'roi_weight', label: 'ROI a year' },
  { name: 'regulatory_weight', label: 'Regulatory risk' },
  { name: 'market_weight', label: 'Market risk' },
] as const;

/** What is no number goes as it was typed: the server says at the field what it expects. */
const numberOrText = (text: string | undefined) =>
  text !== undefined && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : (text ?? '');

/** What scores are counted with, and whether a card that reaches the threshold moves by itself. */
export function ScoreSettings({ rules, canEdit }: { rules: ScoreRules; canEdit: boolean }) {
  const movesByRule = useFeature('auto_move');
  const [given, setGiven] = useState<Record<string, string>>({
    roi_weight: String(rules.roi_weight),
    regulatory_weight: String(rules.regulatory_weight),
    market_weight: String(rules.market_weight),
  });
  const [autoMove, setAutoMove] = useState(rules.auto_move);
  const total = weights.reduce((sum, { name }) => sum + (Number(given[name]) || 0), 0);
  const form = useApiForm(
    (values) =>
      api<ScoreRules>('PATCH', '/api/verification/settings', {
        ...Object.fromEntries(
          ['roi_weight', 'regulatory_weight', 'market_weight', 'roi_target_pct', 'threshold'].map((name) => [
            name,
            numberOrText(values[name]),
          ]),
        ),
        auto_move: autoMove,
      }),
    () => notify.success('Saved. Every card was counted anew.'),
  );
  return (
    <SettingsSection
      title="Score"
      description={
        canEdit
          ? 'A card’s score is 0 to 100: how far each input is met, by its weight.'
          : 'Only admins and owners change these. Ask one of them.'
      }
    >
      <form method="post" noValidate onSubmit={form.onSubmit} className="grid gap-5">
        <FormProblem failure={form.failure} />
        <div className="grid grid-cols-3 gap-3 max-md:grid-cols-1">
          {weights.map(({ name, label }) => (
            <Field
              key={name}
              label={label}
              error={form.errors[name]}
              help={
                total > 0
                  ? `${Math.round(((Number(given[name]) || 0) / total) * 100)} % of the score`
                  : 'Nothing is weighed'
              }
            >
              {(control) => (
                <Input
                  {...control}
                  name={name}
                  inputMode="decimal"
                  className="tabular-nums"
                  value={given[name]}
                  disabled={!canEdit}
                  onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
                />
              )}
            </Field>
          ))}
        </div>
        <Field
          label="ROI target, % a year"
          error={form.errors.roi_target_pct}
          help="This return and any above it meets the ROI in full."
        >
          {(control) => (
            <Input
              {...control}
              name="roi_target_pct"
              inputMode="decimal"
              className="max-w-32 tabular-nums"
              defaultValue={rules.roi_target_pct}
              disabled={!canEdit}
            />
          )}
        </Field>
        <Field
          label="Threshold"
          error={form.errors.threshold}
          help="From this score on, a card whose jurisdiction allows it moves to the stage that its pipeline names, unless a person has decided otherwise."
        >
          {(control) => (
            <Input
              {...control}
              name="threshold"
              inputMode="decimal"
              className="max-w-32 tabular-nums"
              defaultValue={rules.threshold}
              disabled={!canEdit}
            />
          )}
        </Field>
        {movesByRule ? (
          <div className="flex items-center gap-2">
            <Checkbox id="auto-move" checked={autoMove} disabled={!canEdit} onCheckedChange={setAutoMove} />
            <Label htmlFor="auto-move">Move cards that reach the threshold</Label>
          </div>
        ) : (
          <TierHint feature="auto_move" />
        )}
        {canEdit ? (
          <div className="flex justify-end">
            <Button type="submit" loading={form.pending} disabled={!form.isReady}>
              Save
            </Button>
          </div>
        ) : null}
      </form>
    </SettingsSection>
  );
}
