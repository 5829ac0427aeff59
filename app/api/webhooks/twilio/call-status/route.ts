import { webhook } from '@/lib/http/webhook';
import { isSigned } from '@/lib/providers/twilio';
import { noteCallEvents, statusEvents } from '@/modules/telephony/call-events';

/** How far each leg of a call is, in any order, and more than once. */
export const POST = webhook(
  { provider: 'twilio', verify: isSigned, events: statusEvents, isKeptByHandler: true },
  (events, { admin }) => noteCallEvents(admin, events),
);
