'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, CircleAlert, Sparkles, Users } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { MailFrame } from '@/components/mail-frame';
import { useShortcut } from '@/components/shortcuts';
import { Button } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { NativeSelect } from '@/components/ui/native-select';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiError, api } from '@/lib/api-client';
import { formatNumber } from '@/lib/format';
import type { CampaignDetail, Preview } from '../answers';
import { type MergeField, mergeFieldWords } from '../domain';
import { goToStep } from './go-to-step';
import { readingOrder } from './graph';
import { campaignKey, useRecipients } from './use-campaign';
import { graphOf } from './use-draft';

const TestSend = dynamic(() => import('./test-send').then((module) => module.TestSend), { ssr: false });

const fieldName = (field: string) => mergeFieldWords[field as MergeField] ?? field;

/** Each mail as each recipient would get it. Keys: `j`/`k` next and previous recipient, `[`/`]` the other mails. */
export function PreviewStep({ campaign }: { campaign: CampaignDetail }) {
  const steps = readingOrder(graphOf(campaign));
  const [at, setAt] = useState(0);
  const [stepId, setStepId] = useState(steps[0]?.id ?? null);
  const [variant, setVariant] = useState<0 | 1>(0);
  const [view, setView] = useState<'html' | 'text'>(campaign.format);
  const [testing, setTesting] = useState(false);
  const recipients = useRecipients(campaign.id);
  const rows = recipients.data?.pages.flatMap((page) => page.rows) ?? [];
  const recipient = rows[at] ?? null;
  const step = steps.find(({ id }) => id === stepId) ?? steps[0];
  const total = campaign.recipients.total;

  const move = (by: number) => {
    const next = Math.max(0, Math.min(total - 1, at + by));
    if (next >= rows.length - 5 && recipients.hasNextPage && !recipients.isFetchingNextPage)
      void recipients.fetchNextPage();
    if (next < rows.length) setAt(next);
  };
  const moveStep = (by: number) => {
    const next = steps[steps.findIndex(({ id }) => id === step?.id) + by];
    if (next) setStepId(next.id);
  };
  useShortcut('j', 'Next recipient', () => move(1), { group: 'Preview' });
  useShortcut('k', 'Previous recipient', () => move(-1), { group: 'Preview' });
  useShortcut(']', 'Next e-mail', () => moveStep(1), { group: 'Preview' });
  useShortcut('[', 'Previous e-mail', () => moveStep(-1), { group: 'Preview' });
  useShortcut('t', 'Send a test', () => setTesting(true), { group: 'Preview', enabled: step !== undefined });

  const hasTwo = (step?.subjects.length ?? 1) > 1;
  const request = { step_id: step?.id, recipient_id: recipient?.id ?? null, variant: hasTwo ? variant : 0 };
  const preview = useQuery({
    queryKey: campaignKey(campaign.id, 'preview', request, campaign.version),
    queryFn: ({ signal }) =>
      api<Preview>('POST', `/api/campaigns/${campaign.id}/preview`, request, { signal }),
    enabled: step !== undefined && !recipients.isPending,
    placeholderData: (before) => before,
  });

  if (!step) {
    return (
      <EmptyState
        title="Nothing to preview yet"
        description="The campaign has no e-mail."
        action={<Button onClick={() => goToStep('design')}>Write the first e-mail</Button>}
      />
    );
  }
  const mail = preview.data;
  return (
    <div className="mx-auto w-full max-w-4xl flex-1 overflow-y-auto px-6 py-4 max-md:px-4">
      <div className="flex flex-wrap items-center gap-2">
        {steps.length > 1 ? (
          <NativeSelect
            aria-label="E-mail"
            className="w-52"
            value={step.id}
            onChange={({ target }) => setStepId(target.value)}
          >
            {steps.map(({ id, name }, index) => (
              <option key={id} value={id}>
                {index + 1}. {name}
              </option>
            ))}
          </NativeSelect>
        ) : null}
        {hasTwo ? (
          <NativeSelect
            aria-label="Subject"
            className="w-32"
            value={variant}
            onChange={({ target }) => setVariant(target.value === '1' ? 1 : 0)}
          >
            <option value={0}>Subject A</option>
            <option value={1}>Subject B</option>
          </NativeSelect>
        ) : null}
        {campaign.format === 'html' ? (
          <NativeSelect
            aria-label="Shown as"
            className="w-36"
            value={view}
            onChange={({ target }) => setView(target.value === 'text' ? 'text' : 'html')}
          >
            <option value="html">HTML</option>
            <option value="text">Text alone</option>
          </NativeSelect>
        ) : null}
        <div className="ml-auto flex items-center gap-1">
          {total > 0 ? (
            <>
              <Button
                variant="outline"
                size="icon"
                aria-label="Previous recipient"
                disabled={at === 0}
                onClick={() => move(-1)}
              >
                <ChevronLeft aria-hidden />
              </Button>
              <span
                className="min-w-20 text-center text-muted-foreground text-sm tabular-nums"
                aria-live="polite"
              >
                {formatNumber(at + 1)} of {formatNumber(total)}
              </span>
              <Button
                variant="outline"
                size="icon"
                aria-label="Next recipient"
                disabled={at >= total - 1}
                onClick={() => move(1)}
              >
                <ChevronRight aria-hidden />
              </Button>
            </>
          ) : null}
          <Button variant="outline" onClick={() => setTesting(true)}>
            Send a test <Kbd className="max-md:hidden">T</Kbd>
          </Button>
        </div>
      </div>
      {total === 0 && recipients.isSuccess ? (
        <p className="mt-3 flex flex-wrap items-center gap-2 text-muted-foreground text-sm">
          <Users aria-hidden className="size-4" />
          Nobody is chosen yet: the fields hold made-up values.
          <Button variant="link" size="sm" onClick={() => goToStep('contacts')}>
            Choose people
          </Button>
        </p>
      ) : null}
      {preview.isError ? (
        <ErrorState
          title="The e-mail could not be put together"
          description={preview.error.message}
          onRetry={() => void preview.refetch()}
          requestId={preview.error instanceof ApiError ? preview.error.requestId : null}
        />
      ) : !mail ? (
        <div className="mt-4 rounded-lg border bg-card p-5">
          <Skeleton className="h-4 w-64" />
          <Skeleton className="mt-6 h-40" />
        </div>
      ) : (
        <article aria-label="The e-mail" className="mt-4 rounded-lg border bg-card">
          {mail.missing.length > 0 ? (
            <p
              role="status"
              className="flex items-start gap-2 border-b bg-warning-soft px-5 py-2 text-sm text-warning-text"
            >
              <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
              <span>
                Not known of {mail.person?.name ?? mail.to}: {mail.missing.map(fieldName).join(', ')}. Give
                the field something to write instead, or fill it in on{' '}
                {mail.person ? (
                  <a href={`/people/${mail.person.id}`} className="underline underline-offset-2">
                    their page
                  </a>
                ) : (
                  'their page'
                )}
                .
              </span>
            </p>
          ) : null}
          {mail.needs_writing ? (
            <p className="flex items-start gap-2 border-b px-5 py-2 text-muted-foreground text-sm">
              <Sparkles aria-hidden className="mt-0.5 size-4 shrink-0" />A part of this is written for each
              recipient after the launch. You read it before it goes.
            </p>
          ) : null}
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 border-b px-5 py-3 text-sm">
            <dt className="text-muted-foreground">From</dt>
            <dd className="truncate">{mail.from ?? 'No sender is chosen yet'}</dd>
            <dt className="text-muted-foreground">To</dt>
            <dd className="truncate">
              {mail.person?.name ? `${mail.person.name}, ` : ''}
              {mail.to}
            </dd>
            <dt className="text-muted-foreground">Subject</dt>
            <dd className="font-medium">{mail.subject || 'No subject'}</dd>
          </dl>
          <div className="p-5">
            {mail.html !== null && view === 'html' ? (
              <MailFrame className="h-120" html={mail.html} title={`E-mail to ${mail.to}`} />
            ) : (
              <div className="whitespace-pre-wrap break-words text-base leading-6">{mail.text}</div>
            )}
          </div>
        </article>
      )}
      {testing ? (
        <TestSend
          campaignId={campaign.id}
          request={{ ...request, step_id: step.id }}
          onClose={() => setTesting(false)}
        />
      ) : null}
    </div>
  );
}
