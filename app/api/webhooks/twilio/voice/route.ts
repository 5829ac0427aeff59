import { twimlReply } from '@/lib/http/twiml';
import { webhook } from '@/lib/http/webhook';
import { isSigned } from '@/lib/providers/twilio';
import { documentEvents, formOf, noteDocument } from '@/modules/telephony/call-events';
import { incoming } from '@/modules/telephony/documents';

/** Somebody calls one of our numbers. */
export const POST = webhook(
  {
    provider: 'twilio',
    verify: isSigned,
    events: documentEvents,
    isKeptByHandler: true,
    reply: async (events, ctx, request) =>
      twimlReply(await incoming(ctx, formOf(events), new URL(request.url).searchParams.has('after'))),
  },
  (events, { admin }) => noteDocument(admin, events),
);
