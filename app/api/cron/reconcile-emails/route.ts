import { cron } from '@/lib/http/cron';
import { reconcileEmails } from '@/modules/sending/reconcile';

/** Looks up mails of which nobody knows whether they went, and events whose handling was broken off. */
export const GET = cron('reconcile-emails', reconcileEmails);
export const maxDuration = 300;
