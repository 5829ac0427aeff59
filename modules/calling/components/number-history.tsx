'use client';

import { useQueryClient } from '@tanstack/react-query';
import { ArrowDownLeft, ArrowUpRight, MessageSquare } from 'lucide-react';
import { use, useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { CurrentUserContext } from '@/components/current-user';
import { notify } from '@/components/notify';
import { RelativeTime } from '@/components/relative-time';
import { TimeZoneContext } from '@/components/time-zone';
import { Button } from '@/components/ui/button';
import { ApiError, api } from '@/lib/api-client';
import { formatDateTime } from '@/lib/format';
import { cn } from '@/lib/utils';
import { holdWords, outcomeWord, reachedWords } from '../domain';
import { followupState } from '../followup-words';
import type { DeskBundle, DeskCall, DeskHold, DeskText } from '../schema';
import { CardSection } from './number-facts';
import { useUndoOutcome } from './use-outcome';

const shownAtFirst = 5;

/** Earlier calls and texts, the latest first. */
export function HistorySection({ bundle }: { bundle: DeskBundle }) {
  const [isWhole, setWhole] = useState(false);
  const things = [
    ...bundle.calls.map((call) => ({ kind: 'call' as const, at: call.started_at, call })),
    ...bundle.texts.map((text) => ({ kind: 'text' as const, at: text.at, text })),
  ].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  if (things.length === 0) return null;
  const shown = isWhole ? things : things.slice(0, shownAtFirst);
  return (
    <CardSection title="Earlier calls and texts" count={things.length}>
      <ol className="grid gap-2.5">
        {shown.map((thing) =>
          thing.kind === 'call' ? (
            <CallLine key={thing.call.id} call={thing.call} />
          ) : (
            <TextLine key={thing.text.id} text={thing.text} />
          ),
        )}
      </ol>
      {things.length > shown.length ? (
        <Button variant="ghost" size="sm" className="-ml-2 mt-1" onClick={() => setWhole(true)}>
          Show {things.length - shown.length} more
        </Button>
      ) : null}
    </CardSection>
  );
}

const live: ReadonlySet<string> = new Set(['dialling', 'queued', 'initiated', 'ringing', 'in_progress']);

/** What a call was that has no outcome; null where it has one. */
function withoutOutcome(call: DeskCall): string | null {
  if (call.outcome) return null;
  if (call.is_voicemail) return 'Voicemail';
  if (live.has(call.status)) return 'On now';
  if (call.direction === 'in') return call.status === 'completed' ? 'Incoming call' : 'Missed call';
  return 'No outcome yet';
}

const freshForMs = 3_600_000;
/** What one has just noted is taken back with one press; what is older or another's, an admin is asked about. */
const isFresh = (call: DeskCall, me: string | null) =>
  call.by?.id === me && Date.now() - Date.parse(call.started_at) < freshForMs;

function CallLine({ call }: { call: DeskCall }) {
  const undo = useUndoOutcome();
  const me = use(CurrentUserContext);
  const [isAsking, setAsking] = useState(false);
  const zone = use(TimeZoneContext);
  const followup = followupState(call.followup ?? null, zone);
  const Icon = call.direction === 'in' ? ArrowDownLeft : ArrowUpRight;
  const spoke = call.person
    ? call.person.name
    : call.reached === 'somebody_else' || call.reached === 'wrong_person'
      ? reachedWords[call.reached]
      : null;
  return (
    <li className="flex min-w-0 gap-2 text-sm">
      <Icon
        aria-label={call.direction === 'in' ? 'They called' : 'We called'}
        className="mt-0.5 size-4 shrink-0 text-muted-foreground"
      />
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
          <span className={cn(call.undone_at && 'text-muted-foreground line-through')}>
            {withoutOutcome(call) ?? outcomeWord(call.outcome ?? '')}
          </span>
          {spoke ? <span className="truncate">{spoke}</span> : null}
          <span className="text-muted-foreground text-xs">
            {call.by ? `${call.by.name}, ` : ''}
            <RelativeTime at={call.started_at} />
          </span>
          {call.can_undo && call.outcome && !call.undone_at ? (
            <button
              type="button"
              className="rounded-sm text-muted-foreground text-xs underline-offset-4 hover:text-foreground hover:underline max-md:-my-2.5 max-md:py-2.5"
              onClick={() => (isFresh(call, me) ? void undo(call.id) : setAsking(true))}
            >
              Undo
            </button>
          ) : null}
          <ConfirmDialog
            open={isAsking}
            onOpenChange={setAsking}
            title={`Take back “${outcomeWord(call.outcome ?? '')}”?`}
            description={`${call.by?.name ?? 'Somebody'} noted it. What it put on hold is free again, and it no longer counts; this can’t be undone.`}
            confirmLabel="Take it back"
            onConfirm={async () => void (await undo(call.id))}
          />
        </p>
        {call.notes ? (
          <p className="line-clamp-2 whitespace-pre-line text-muted-foreground">{call.notes}</p>
        ) : null}
        {call.next_step_at ? (
          <p className="text-muted-foreground text-xs">Next step {formatDateTime(call.next_step_at, zone)}</p>
        ) : null}
        {followup ? (
          <p
            className={cn(
              'text-xs',
              followup.tone === 'bad' ? 'text-destructive-text' : 'text-muted-foreground',
            )}
          >
            {`Follow-up e-mail: ${followup.words}${followup.detail ? `. ${followup.detail}` : ''}`}
          </p>
        ) : null}
        {call.has_recording ? (
          // biome-ignore lint/a11y/useMediaCaption: a recorded call has no captions
          <audio
            controls
            preload="none"
            src={`/api/calls/${call.id}/recording`}
            className="mt-1 h-8 w-full max-w-80"
          />
        ) : null}
      </div>
    </li>
  );
}

function TextLine({ text }: { text: DeskText }) {
  return (
    <li className="flex min-w-0 gap-2 text-sm">
      <MessageSquare aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
      <div className="min-w-0 flex-1">
        <p className="text-muted-foreground text-xs">
          {text.direction === 'in' ? 'They texted' : 'We texted'}, <RelativeTime at={text.at} />
          {text.direction === 'out' && text.delivery ? `, ${text.delivery}` : ''}
        </p>
        <p className="line-clamp-2 whitespace-pre-line">{text.body}</p>
      </div>
    </li>
  );
}

/** What keeps the number off the list, each with the button that lifts it. */
export function HoldsSection({ holds }: { holds: readonly DeskHold[] }) {
  const client = useQueryClient();
  const zone = use(TimeZoneContext);
  const [busy, setBusy] = useState<string | null>(null);
  if (holds.length === 0) return null;
  const lift = async (id: string) => {
    setBusy(id);
    try {
      await api('DELETE', `/api/call-holds/${id}`);
    } catch (error) {
      notify.error('Not lifted', { description: error instanceof ApiError ? error.message : 'Try again.' });
    }
    setBusy(null);
    void client.invalidateQueries({ queryKey: ['calls'] });
  };
  return (
    <CardSection title="Why it rests">
      <ul className="grid gap-1.5">
        {holds.map((hold) => (
          <li key={hold.id} className="flex min-w-0 items-center gap-2 text-sm">
            <div className="min-w-0 flex-1">
              <p>{holdWords[hold.reason]}</p>
              <p className="truncate text-muted-foreground text-xs">
                {[
                  hold.about.kind !== 'phone' && hold.about.name,
                  hold.until ? `until ${formatDateTime(hold.until, zone)}` : 'until somebody lifts it',
                  hold.by && `by ${hold.by}`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </div>
            <Button
              variant="outline"
              size="sm"
              loading={busy === hold.id}
              aria-label={`Lift: ${holdWords[hold.reason]}`}
              onClick={() => void lift(hold.id)}
            >
              Lift
            </Button>
          </li>
        ))}
      </ul>
    </CardSection>
  );
}
