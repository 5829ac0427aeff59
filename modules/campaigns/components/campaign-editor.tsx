'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ArrowRight, Check, CircleAlert, LoaderCircle } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { FormNotice } from '@/components/form-notice';
import { InlineText } from '@/components/inline-edit';
import { PageHeader } from '@/components/page-header';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api-client';
import { formatNumber } from '@/lib/format';
import type { Assignee } from '@/modules/records/queries';
import type { CampaignDetail } from '../answers';
import { DraftMenu } from './campaign-actions';
import type { Zones } from './campaign-settings';
import { type EditorStep, goToStep } from './go-to-step';
import { refreshCampaign } from './use-campaign';
import { type SaveState, useDraft } from './use-draft';

const loading = () => <Skeleton className="m-6 h-40" />;
const DesignStep = dynamic(() => import('./design-step').then((module) => module.DesignStep), {
  ssr: false,
  loading,
});
const ContactsStep = dynamic(() => import('./contacts-step').then((module) => module.ContactsStep), {
  ssr: false,
  loading,
});
const PreviewStep = dynamic(() => import('./preview-step').then((module) => module.PreviewStep), {
  ssr: false,
  loading,
});
const LaunchStep = dynamic(() => import('./launch-step').then((module) => module.LaunchStep), {
  ssr: false,
  loading,
});

const steps = [
  { id: 'design', label: 'Design' },
  { id: 'contacts', label: 'Contacts' },
  { id: 'preview', label: 'Preview' },
  { id: 'launch', label: 'Launch' },
] as const;
/** A draft in four steps. Its address says which; what is typed is saved by itself. */
export function CampaignEditor({
  campaign,
  members,
  zones,
}: {
  campaign: CampaignDetail;
  members: readonly Assignee[];
  zones: Zones;
}) {
  const client = useQueryClient();
  const draft = useDraft(campaign);
  const given = useSearchParams().get('step');
  const current = steps.find(({ id }) => id === given)?.id ?? 'design';
  const next = steps[steps.findIndex(({ id }) => id === current) + 1];

  async function go(step: EditorStep) {
    // the other steps show what the server makes of the draft
    if (step !== 'design' && !(await draft.flush())) return;
    goToStep(step);
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader
        back={{ href: '/campaigns', label: 'Campaigns' }}
        title={
          <InlineText
            label="Name of the campaign"
            value={campaign.name}
            validate={(name) => (name.trim() ? null : 'A campaign needs a name')}
            onSave={async (name) => {
              await api('PATCH', `/api/campaigns/${campaign.id}`, { name });
              await refreshCampaign(client, campaign.id);
            }}
          />
        }
        tabs={
          <nav aria-label="Steps of the editor" className="flex items-center gap-0.5 overflow-x-auto">
            {steps.map(({ id, label }, index) => (
              <button
                key={id}
                type="button"
                aria-current={current === id ? 'step' : undefined}
                onClick={() => void go(id)}
                className="focus-inset inline-flex h-7 items-center gap-1.5 whitespace-nowrap rounded-md px-2 text-muted-foreground text-sm transition-colors duration-120 hover:bg-accent hover:text-foreground aria-[current=step]:bg-accent aria-[current=step]:font-medium aria-[current=step]:text-foreground max-md:h-10"
              >
                <span className="tabular-nums max-md:hidden">{index + 1}</span>
                {label}
                {id === 'contacts' && campaign.recipients.total > 0 ? (
                  <span className="font-normal text-muted-foreground text-xs tabular-nums">
                    {formatNumber(campaign.recipients.total)}
                  </span>
                ) : null}
              </button>
            ))}
          </nav>
        }
        secondary={
          <>
            <Saved state={draft.state} onRetry={() => void draft.flush()} />
            <DraftMenu campaign={campaign} />
          </>
        }
        action={
          next ? (
            <Button onClick={() => void go(next.id)}>
              {next.label} <ArrowRight aria-hidden />
            </Button>
          ) : undefined
        }
      />
      {draft.state.kind === 'conflict' ? (
        <div className="px-6 pt-3 max-md:px-4">
          <FormNotice tone="problem">
            Somebody else saved this campaign while you were writing. Nothing of yours was saved since.
            <span className="mt-2 flex flex-wrap gap-2">
              <Button variant="outline" size="sm" onClick={() => void draft.takeTheirs()}>
                Show theirs, drop mine
              </Button>
              <Button variant="outline" size="sm" onClick={() => void draft.keepMine()}>
                Keep mine over theirs
              </Button>
            </span>
          </FormNotice>
        </div>
      ) : null}
      {current === 'design' ? <DesignStep draft={draft} /> : null}
      {current === 'contacts' ? <ContactsStep campaign={campaign} members={members} /> : null}
      {current === 'preview' ? <PreviewStep campaign={campaign} /> : null}
      {current === 'launch' ? <LaunchStep draft={draft} zones={zones} /> : null}
    </div>
  );
}

/** Whether what is typed is safe. */
function Saved({ state, onRetry }: { state: SaveState; onRetry: () => void }) {
  if (state.kind === 'failed') {
    return (
      <span role="alert" className="flex items-center gap-1.5 text-destructive-text text-sm">
        <CircleAlert aria-hidden className="size-3.5" />
        <span className="max-w-64 truncate">Not saved: {state.message}</span>
        <Button variant="outline" size="sm" onClick={onRetry}>
          Save again
        </Button>
      </span>
    );
  }
  if (state.kind === 'conflict') return <span className="text-destructive-text text-sm">Not saved</span>;
  return (
    <span role="status" className="flex items-center gap-1.5 text-muted-foreground text-sm">
      {state.kind === 'saving' ? (
        <LoaderCircle aria-hidden className="size-3.5 animate-spin" />
      ) : (
        <Check aria-hidden className="size-3.5" />
      )}
      <span className="max-md:sr-only">{state.kind === 'saving' ? 'Saving' : 'Saved'}</span>
    </span>
  );
}
