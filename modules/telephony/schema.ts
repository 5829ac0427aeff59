import { z } from 'zod';
import type { Decision } from '@/modules/gate/domain';

/** Parameters of `/api/phones/[id]/…` and `/api/calls/[id]/…`. A malformed id is nobody's: 404, as a stranger's. */
export const callParams = z.strictObject({ id: z.string() });

/** Body of `POST /api/phones/[id]/dial`. */
export const dialSchema = z.strictObject({
  /** `phone`: the caller's own phone rings first; `browser`: this browser calls; `manual`: the caller dials by hand. */
  via: z.enum(['phone', 'browser', 'manual'], 'phone, browser or manual'),
  /** Ours that they see; left out: the caller's own, else the default. */
  phone_number_id: z.guid('Not an id').optional(),
  /** Admins: in spite of a rest or a hold. */
  override: z.boolean().default(false),
});
export type Dial = z.output<typeof dialSchema>;

/** A call, as `GET /api/calls/[id]` answers it. Times are ISO 8601. */
export type Call = {
  id: string;
  phone_id: string;
  e164: string;
  direction: 'out' | 'in';
  via: 'manual' | 'phone' | 'browser';
  /** Of the leg that leads to them. `unknown`: asked for, and no answer came; its callbacks will tell. */
  status:
    | 'logged'
    | 'dialling'
    | 'unknown'
    | 'queued'
    | 'initiated'
    | 'ringing'
    | 'in_progress'
    | 'completed'
    | 'busy'
    | 'no_answer'
    | 'failed'
    | 'canceled';
  /** Whether it goes on: only then it can be hung up, and keeps its caller from the next. */
  is_live: boolean;
  /** Why it failed, or was turned down, in a sentence. */
  error: string | null;
  started_at: string;
  answered_at: string | null;
  ended_at: string | null;
  duration_seconds: number | null;
  is_voicemail: boolean;
  has_recording: boolean;
  recording_seconds: number | null;
  outcome: string | null;
  decision: Decision | null;
  /** Ours. */
  number: { id: string; e164: string; label: string } | null;
  by: { id: string; name: string } | null;
};

/** What `POST /api/phones/[id]/dial` answers. `tel`: what the caller's device is to open, where it is dialled by hand. */
export type Dialled = { call: Call; decision: Decision; tel?: string };

/** What `POST /api/calling/token` answers: what a browser connects with, for an hour. */
export type BrowserToken = { token: string; identity: string; expires_at: string };
