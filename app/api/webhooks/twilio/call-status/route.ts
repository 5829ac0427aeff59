import { noContent } from '@/lib/http/respond';
import { webhook } from '@/lib/http/webhook';
import { isSigned } from '@/lib/providers/twilio';
import { noteCallEvents, statusEvents } from '@/modules/telephony/call-events';

/** How far each leg of a call is, in any order, and more than once. There is nothing to say to that: a body costs, and Twilio reads TwiML in it. */
export const POST = webhook(
  { provider: 'twilio', verify: isSigned, events: statusEvents, isKeptByHandler: true, reply: noContent },
  (events, { admin }) => noteCallEvents(admin, events),
);
