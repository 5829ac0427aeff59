import { webhook } from '@/lib/http/webhook';
import { isSigned } from '@/lib/providers/twilio';
import { noteCallEvents, recordingEvents } from '@/modules/telephony/call-events';

/** A recording is there. */
export const POST = webhook(
  { provider: 'twilio', verify: isSigned, events: recordingEvents, isKeptByHandler: true },
  (events, { admin }) => noteCallEvents(admin, events),
);
