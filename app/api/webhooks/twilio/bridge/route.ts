import { twimlReply } from '@/lib/http/twiml';
import { webhook } from '@/lib/http/webhook';
import { isSigned } from '@/lib/providers/twilio';
import { documentEvents, formOf, noteDocument } from '@/modules/telephony/call-events';
import { afterBridge, announcement, bridge } from '@/modules/telephony/documents';

/** What the provider is to do once the caller has picked up, before it puts them through, and once that is over. */
export const POST = webhook(
  {
    provider: 'twilio',
    verify: isSigned,
    events: documentEvents,
    isKeptByHandler: true,
    reply: async (events, ctx, request) => {
      const { searchParams } = new URL(request.url);
      const form = formOf(events);
      if (searchParams.has('announce')) return twimlReply(announcement());
      if (searchParams.has('after')) return twimlReply(afterBridge(form));
      return twimlReply(await bridge(ctx, form, searchParams.get('call')));
    },
  },
  (events, { admin }) => noteDocument(admin, events),
);
