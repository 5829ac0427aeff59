import { kickCron } from '@/lib/http/cron';
import { twimlReply } from '@/lib/http/twiml';
import { oneByOne, webhook } from '@/lib/http/webhook';
import { isSigned } from '@/lib/providers/twilio';
import { inboundEvents, receiveText } from '@/modules/texts/inbound';

/**
 * A text to one of our numbers. What has to be answered goes through the queue, as every text does: the TwiML says nothing.
 * @see https://www.twilio.com/docs/messaging/guides/webhook-request
 */
export const POST = webhook(
  {
    provider: 'twilio',
    verify: isSigned,
    events: inboundEvents,
    // the text itself is unique; one to a number that is nobody's is kept nowhere
    isKeptByHandler: true,
    reply: () => twimlReply(),
  },
  oneByOne(async (event, ctx) => {
    if (await receiveText(event, ctx)) kickCron('drain-sms-queue', ctx.log);
  }),
);
