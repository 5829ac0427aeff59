'use client';

import { Check } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useId, useState } from 'react';
import { notify } from '@/components/notify';
import { SettingsSection } from '@/components/settings-section';
import { Button } from '@/components/ui/button';
import { RadioGroup, RadioGroupItem } from '@/components/ui/radio-group';
import { ApiError, api } from '@/lib/api-client';
import { type Feature, features, type Tier, tierLabels, tiers } from '@/lib/tiers';

const names = Object.keys(features) as Feature[];
const startsWith: Record<Tier, string> = {
  beta: 'Records, imports, the board, and outreach logged by hand.',
  pro: 'All of Beta, and:',
  premium: 'All of Pro, and:',
};

/** The workspace's plan, and what each adds. Its owners choose; everybody else reads. */
export function PlanForm({
  workspaceId,
  tier,
  canEdit,
}: {
  workspaceId: string;
  tier: Tier;
  canEdit: boolean;
}) {
  const router = useRouter();
  const id = useId();
  const [chosen, setChosen] = useState<Tier>(tier);
  const [isSaving, setIsSaving] = useState(false);
  const isLower = tiers.indexOf(chosen) < tiers.indexOf(tier);

  async function save() {
    setIsSaving(true);
    try {
      await api('PUT', `/api/workspaces/${workspaceId}/tier`, { tier: chosen });
      notify.success(`The workspace is on ${tierLabels[chosen]}`);
      router.refresh();
    } catch (error) {
      setChosen(tier);
      notify.error('The plan was not changed', {
        description: error instanceof ApiError ? error.message : 'Try again.',
      });
    } finally {
      setIsSaving(false);
    }
  }

  return (
    <SettingsSection
      title="Plan"
      description={canEdit ? 'Holds for everybody in the workspace.' : 'Only an owner changes the plan.'}
    >
      <RadioGroup
        id="plan"
        aria-label="Plan"
        value={chosen}
        disabled={!canEdit || isSaving}
        onValueChange={(value) => setChosen(value as Tier)}
        className="scroll-mt-24 gap-0 divide-y rounded-lg border"
      >
        {tiers.map((each) => (
          <div key={each} className="flex gap-3 px-3 py-3">
            <RadioGroupItem value={each} id={`${id}-${each}`} className="mt-0.5" />
            <div className="min-w-0 flex-1">
              <label htmlFor={`${id}-${each}`} className="font-medium">
                {tierLabels[each]}
                {each === tier ? <span className="text-muted-foreground"> (now)</span> : null}
              </label>
              <p className="text-muted-foreground text-sm">{startsWith[each]}</p>
              <ul className="mt-1 grid gap-0.5 text-sm">
                {names
                  .filter((name) => features[name].least === each)
                  .map((name) => (
                    <li key={name} className="flex items-start gap-1.5">
                      <Check aria-hidden className="mt-0.5 size-3.5 shrink-0 text-muted-foreground" />
                      {features[name].label}
                    </li>
                  ))}
              </ul>
            </div>
          </div>
        ))}
      </RadioGroup>
      {canEdit ? (
        <div className="mt-4 flex items-center justify-end gap-3">
          {isLower ? (
            <p className="flex-1 text-muted-foreground text-sm">
              What is there stays. What only {tierLabels[tier]} has can’t be added to any more.
            </p>
          ) : null}
          <Button disabled={chosen === tier} loading={isSaving} onClick={() => void save()}>
            Change plan
          </Button>
        </div>
      ) : null}
    </SettingsSection>
  );
}
