import { cron } from '@/lib/http/cron';
import { sendRequestedInvitations } from '@/modules/workspaces/invitations';

/** Seconds until Vercel ends the function; the wrapper's soft deadline is before it. */
export const maxDuration = 300;

export const GET = cron('send-invitations', sendRequestedInvitations);
