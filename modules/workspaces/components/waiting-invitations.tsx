'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ApiError, api } from '@/lib/api-client';
import { roleLabels } from '../roles';

type Waiting = { id: string; workspace_name: string; role: string; invited_by: string | null };

/** Invitations to the caller's address. Their mail lets them in; here it can be sent again. */
export function WaitingInvitations({ invitations }: { invitations: readonly Waiting[] }) {
  if (invitations.length === 0) return null;
  return (
    <section aria-labelledby="waiting" className="mb-8">
      <h2 id="waiting" className="mb-2 font-medium">
        {invitations.length === 1 ? 'You are invited' : 'You are invited to'}
      </h2>
      <ul className="divide-y rounded-lg border bg-card">
        {invitations.map((invitation) => (
          <WaitingInvitation key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </section>
  );
}

function WaitingInvitation({ invitation }: { invitation: Waiting }) {
  const [state, setState] = useState<'idle' | 'sending' | 'sent'>('idle');
  const [problem, setProblem] = useState<string | null>(null);
  async function send() {
    setState('sending');
    setProblem(null);
    try {
      await api('POST', `/api/invitations/${invitation.id}/remind`);
      setState('sent');
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : 'Something went wrong. Try again.');
      setState('idle');
    }
  }
  const role = invitation.role === 'admin' ? roleLabels.admin : roleLabels.member;
  return (
    <li className="grid gap-2 px-3 py-2.5">
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <p className="truncate font-medium">{invitation.workspace_name}</p>
          <p className="truncate text-muted-foreground text-xs">
            {role}, invited by {invitation.invited_by || 'a colleague'}
          </p>
        </div>
        <Button
          variant="outline"
          loading={state === 'sending'}
          disabled={state === 'sent'}
          onClick={() => void send()}
        >
          {state === 'sent' ? 'Sent' : 'Mail me the link'}
        </Button>
      </div>
      <p role="status" className="text-muted-foreground text-xs empty:hidden">
        {state === 'sent'
          ? 'The mail is on its way. Its link opens the workspace; earlier links have stopped working.'
          : null}
        {problem ? <span className="text-destructive-text">{problem}</span> : null}
      </p>
    </li>
  );
}
