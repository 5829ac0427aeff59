'use client';

import { Phone, PhoneOff } from 'lucide-react';
import { use, useEffect, useState } from 'react';
import { TimeZoneContext } from '@/components/time-zone';
import { Button } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { formatDateTime, formatLength } from '@/lib/format';
import { cn } from '@/lib/utils';
import { reasonSentence } from '@/modules/gate/reasons';
import type { DeskBundle } from '../schema';
import type { CallLine, LiveCall } from './use-call';

const statusWords: Readonly<Record<string, string>> = {
  dialling: 'Calling your phone',
  unknown: 'Asked for; the provider has not answered yet',
  queued: 'Calling your phone',
  initiated: 'Calling your phone',
  ringing: 'Ringing',
  in_progress: 'On the line',
  completed: 'The call has ended',
  busy: 'Busy',
  no_answer: 'Nobody answered',
  failed: 'The call failed',
  canceled: 'Hung up before anybody answered',
  logged: 'Dialled by hand',
};

/** The button that calls, or while a call is on, how it stands and the button that ends it. */
export function CallButton({
  line,
  isAllowed,
  isAdmin,
  decision,
  isBig = false,
  isQuiet = false,
}: {
  line: CallLine;
  /** The caller has the number. */
  isAllowed: boolean;
  isAdmin: boolean;
  decision: DeskBundle['gate'];
  isBig?: boolean;
  /** Another button is what comes next. */
  isQuiet?: boolean;
}) {
  const { call } = line;
  if (call && line.isOn)
    return (
      <Button variant="destructive" size={isBig ? 'lg' : 'default'} onClick={() => void line.hangUp()}>
        <PhoneOff aria-hidden /> Hang up
        <TalkTime call={call} />
        {isBig ? <Kbd className="border-current/30 bg-transparent text-inherit max-md:hidden">X</Kbd> : null}
      </Button>
    );
  const mayOverride = isAdmin && canOverride(decision);
  return (
    <Button
      size={isBig ? 'lg' : 'default'}
      variant={isQuiet ? 'outline' : 'default'}
      loading={line.isDialling}
      disabled={!isAllowed || (decision.verdict !== 'send' && !mayOverride)}
      onClick={() => void line.dial(decision.verdict !== 'send')}
    >
      <Phone aria-hidden />
      {decision.verdict === 'send' || !mayOverride ? 'Call' : 'Call all the same'}
      {isBig ? <Kbd className="border-current/30 bg-transparent text-inherit max-md:hidden">C</Kbd> : null}
    </Button>
  );
}

/** What an administrator may set aside by saying so: a rest or a hold, never the law or another's claim. */
const overridable: ReadonlySet<string> = new Set([
  'locked_number',
  'locked_person',
  'locked_property',
  'set_aside',
  'closed',
  'rejected',
  'wrong_person',
  'held_by_hand',
]);
/** Whether an administrator may call although the gate says no. */
export const canOverride = (decision: DeskBundle['gate']) => overridable.has(decision.reason);

function TalkTime({ call }: { call: LiveCall }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  if (!call.answered_at) return null;
  return (
    <span className="tabular-nums">
      {formatLength(Math.max(0, Math.floor((now - Date.parse(call.answered_at)) / 1000)))}
    </span>
  );
}

/** How the call stands, and why one may not be placed: one sentence each. */
export function CallSentence({ line, decision }: { line: CallLine; decision: DeskBundle['gate'] }) {
  const zone = use(TimeZoneContext);
  const { call } = line;
  const isOn = call !== null && line.via !== 'manual';
  return (
    <>
      {isOn ? (
        <p role="status" className="text-sm">
          {statusWords[call.status] ?? call.status}
          {call.status === 'completed' && call.duration_seconds !== null
            ? ` after ${formatLength(call.duration_seconds)}`
            : ''}
          {call.error ? `: ${call.error}` : ''}
        </p>
      ) : null}
      {line.refusal ? (
        <p role="alert" className="text-destructive-text text-sm">
          {line.refusal}
        </p>
      ) : null}
      {/* who has it stands above, with what can be done */}
      {decision.verdict !== 'send' && decision.reason !== 'claimed' && !isOn ? (
        <p
          className={cn(
            'rounded-md px-3 py-2 text-sm',
            decision.verdict === 'drop'
              ? 'bg-destructive-soft text-destructive-text'
              : 'bg-warning-soft text-warning-text',
          )}
        >
          {reasonSentence(decision.reason)}
          {decision.until ? ` It may be called from ${formatDateTime(decision.until, zone)}.` : ''}
          {decision.note ? ` ${reasonSentence(decision.note)}` : ''}
        </p>
      ) : null}
    </>
  );
}
