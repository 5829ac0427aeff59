import { twimlReply } from '@/lib/http/twiml';
import { webhook } from '@/lib/http/webhook';
import { isSigned } from '@/lib/providers/twilio';
import { noteCallEvents, recordingEvents } from '@/modules/telephony/call-events';
import { thanks } from '@/modules/telephony/documents';

/** Somebody has left a message. */
export const POST = webhook(
  {
    provider: 'twilio',
    verify: isSigned,
    events: recordingEvents,
    isKeptByHandler: true,
    reply: () => twimlReply(thanks()),
  },
  (events, { admin }) => noteCallEvents(admin, events),
);
