import { twimlReply } from '@/lib/http/twiml';
import { webhook } from '@/lib/http/webhook';
import { isSigned } from '@/lib/providers/twilio';
import { documentEvents, formOf, noteDocument } from '@/modules/telephony/call-events';
import { bridge } from '@/modules/telephony/documents';

/** A browser calls: the address of the TwiML app. `call`, which the browser sends, is the call that it asked for before. */
export const POST = webhook(
  {
    provider: 'twilio',
    verify: isSigned,
    events: documentEvents,
    isKeptByHandler: true,
    reply: async (events, ctx) => {
      const form = formOf(events);
      return twimlReply(await bridge(ctx, form, form.call ?? null, true));
    },
  },
  (events, { admin }) => noteDocument(admin, events),
);
