import { oneByOne, webhook } from '@/lib/http/webhook';
import { isSigned } from '@/lib/providers/twilio';
import { noteTextStatus, statusEvents } from '@/modules/texts/inbound';

/** How far a text of ours has come; in any order, and more than once. */
export const POST = webhook(
  { provider: 'twilio', verify: isSigned, events: statusEvents, isKeptByHandler: true },
  oneByOne(noteTextStatus),
);
