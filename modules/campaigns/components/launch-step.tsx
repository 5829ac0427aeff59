'use client';

import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Rocket } from 'lucide-react';
import Link from 'next/link';
import { use, useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { ErrorState } from '@/components/error-state';
import { TierHint } from '@/components/tier';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError, api } from '@/lib/api-client';
import { formatCount, formatNumber } from '@/lib/format';
import { findFeature } from '@/lib/tiers';
import type { Problem } from '../answers';
import { type MergeField, mergeFieldWords } from '../domain';
import { CampaignSettings, type Zones } from './campaign-settings';
import { CampaignSlotsContext } from './campaign-slots';
import { type EditorStep, goToStep } from './go-to-step';
import { refreshCampaign, useProblems } from './use-campaign';
import type { Draft } from './use-draft';

/** The last step: the settings, everything that still forbids the launch, and the launch. */
export function LaunchStep({ draft, zones }: { draft: Draft; zones: Zones }) {
  const client = useQueryClient();
  const { campaign } = draft;
  const { SendingWeek, DraftForecast } = use(CampaignSlotsContext);
  const problems = useProblems(campaign.id, draft.saves);
  const [asking, setAsking] = useState(false);
  const isReady =
    problems.data?.problems.length === 0 && !problems.isPlaceholderData && draft.state.kind === 'saved';
  const people = formatCount(campaign.recipients.total, 'person', 'people');

  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto grid w-full max-w-5xl gap-8 px-6 py-5 max-md:px-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
        <section aria-labelledby="settings-title">
          <h2 id="settings-title" className="mb-4 font-semibold text-lg">
            Sending
          </h2>
          <CampaignSettings campaign={campaign} zones={zones} onChange={draft.setSettings} />
        </section>
        <section aria-labelledby="check-title" className="grid content-start gap-4">
          <h2 id="check-title" className="font-semibold text-lg">
            Before the launch
          </h2>
          {problems.isPending ? (
            <Skeleton className="h-24" />
          ) : problems.isError ? (
            <ErrorState
              className="py-6"
              title="The check could not be made"
              description={problems.error.message}
              onRetry={() => void problems.refetch()}
              requestId={problems.error instanceof ApiError ? problems.error.requestId : null}
            />
          ) : problems.data.problems.length === 0 ? (
            <p className="flex items-start gap-2 rounded-lg border bg-card p-4 text-sm">
              <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-primary-text" />
              Nothing stands in the way. {people} would get the first e-mail.
            </p>
          ) : (
            <ul aria-label="What forbids the launch" className="divide-y rounded-lg border bg-card">
              {problems.data.problems.map((problem) => (
                <ProblemLine
                  key={`${problem.code}${problem.steps.join()}${problem.feature ?? ''}`}
                  problem={problem}
                />
              ))}
            </ul>
          )}
          {DraftForecast ? <DraftForecast campaignId={campaign.id} saves={draft.saves} /> : null}

          <Button
            size="lg"
            className="justify-self-start"
            disabled={!isReady}
            onClick={() => void draft.flush().then((saved) => saved && setAsking(true))}
          >
            <Rocket aria-hidden /> Launch
          </Button>
          <p className="text-muted-foreground text-sm">
            Launching writes every first e-mail for you to read. Nothing goes out before you have accepted it.
          </p>
        </section>
      </div>
      {SendingWeek ? (
        <div className="mx-auto w-full max-w-5xl px-6 pb-6 max-md:px-4">
          <SendingWeek />
        </div>
      ) : null}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Launch ${campaign.name}?`}
        description={`The first e-mail is written for ${people} and waits for your review. From now on the steps, the format and the sender stay as they are.`}
        confirmLabel="Launch"
        onConfirm={async () => {
          await api('POST', `/api/campaigns/${campaign.id}/launch`);
          await refreshCampaign(client, campaign.id);
        }}
      />
    </div>
  );
}

/** Where a problem is mended. */
const placeOf: Readonly<
  Partial<Record<Problem['code'], { step: EditorStep; label: string } | { href: string; label: string }>>
> = {
  no_recipients: { step: 'contacts', label: 'Choose people' },
  too_many_recipients: { step: 'contacts', label: 'See the recipients' },
  missing_fields: { step: 'preview', label: 'See the e-mails' },
  no_domain: { href: '/settings/sending', label: 'Connect a domain' },
  provider_unset: { href: '/settings/sending', label: 'Sending settings' },
};

function ProblemLine({ problem }: { problem: Problem }) {
  const feature = problem.feature ? findFeature(problem.feature) : null;
  const place =
    placeOf[problem.code] ??
    (problem.steps.length > 0 ? { step: 'design' as const, label: 'Go to the e-mail' } : null);
  if (feature) {
    return (
      <li className="px-4 py-2.5">
        <TierHint feature={feature} />
      </li>
    );
  }
  return (
    <li className="flex items-start gap-2 px-4 py-2.5 text-sm">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warning-text" />
      <div className="min-w-0 flex-1">
        <p>{problem.message}</p>
        {problem.settings?.length ? (
          <p className="text-muted-foreground text-xs">Set {problem.settings.join(', ')}.</p>
        ) : null}
        {problem.recipients?.length ? (
          <ul className="mt-1 text-muted-foreground text-xs">
            {problem.recipients.map(({ id, name, fields }) => (
              <li key={id}>
                {name ?? 'No name'}:{' '}
                {fields.map((field) => mergeFieldWords[field as MergeField] ?? field).join(', ')}
              </li>
            ))}
            {problem.count && problem.count > problem.recipients.length ? (
              <li>and {formatNumber(problem.count - problem.recipients.length)} more</li>
            ) : null}
          </ul>
        ) : null}
      </div>
      {place === null ? null : 'href' in place ? (
        <Link href={place.href} className="shrink-0 text-primary-text hover:underline">
          {place.label}
        </Link>
      ) : (
        <Button variant="link" size="sm" className="shrink-0" onClick={() => goToStep(place.step)}>
          {place.label}
        </Button>
      )}
    </li>
  );
}
