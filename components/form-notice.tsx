import { CircleAlert, CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/lib/utils';

/** A sentence above a form: what went well, or what did not. */
export function FormNotice({ tone = 'info', children }: { tone?: 'info' | 'problem'; children: ReactNode }) {
  const Icon = tone === 'info' ? CircleCheck : CircleAlert;
  return (
    <div
      role={tone === 'info' ? 'status' : 'alert'}
      className={cn(
        'flex items-start gap-2 rounded-md px-3 py-2 text-sm',
        tone === 'info' ? 'bg-info-soft text-info-text' : 'bg-destructive-soft text-destructive-text',
      )}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}

/** Why a form was refused, where the reason belongs to none of its fields. */
export function FormProblem({ failure }: { failure: { message: string; requestId: string | null } }) {
  if (!failure.message) return null;
  return (
    <FormNotice tone="problem">
      {failure.message}
      {failure.requestId ? <span className="block text-xs">Request {failure.requestId}</span> : null}
    </FormNotice>
  );
}
