import { AppError } from '@/lib/errors';
import type { WebhookContext, WebhookEvent } from '@/lib/http/webhook';
import { formParams } from '@/lib/providers/twilio';
import type { Json } from '@/lib/supabase/database.types';
import { displayPhone } from '@/modules/records/queries';
import { deliveryRanks, helpAnswer, isDelivery, startAnswer, stopAnswer } from './domain';
import { type Keyword, keywordOf } from './keywords';

const e164 = /^\+[1-9][0-9]{5,14}$/;
/** More than a text can come with. */
const mostMedia = 10;

const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value.at(-1) : value) ?? '';

/** What a form of Twilio's says, by name: of a repeated one the last. @throws {Error} where it names no message */
function formOf(rawBody: string): Record<string, string> {
  const form = Object.fromEntries(
    Object.entries(formParams(rawBody)).map(([name, value]) => [name, one(value)]),
  );
  if (!form.MessageSid && !form.SmsSid) throw new Error('There is no MessageSid');
  return { ...form, MessageSid: form.MessageSid || (form.SmsSid ?? '') };
}

/**
 * The event of a text that came in; its id is the message's, so the same one twice is one.
 * @see https://www.twilio.com/docs/messaging/guides/webhook-request
 */
export function inboundEvents(rawBody: string): WebhookEvent[] {
  const form = formOf(rawBody);
  return [{ id: `in:${form.MessageSid}`, type: 'sms', payload: form }];
}

/** The event of a delivery callback: one for each state of a message. @param request `id` in its address is the text's */
export function statusEvents(rawBody: string, request: Request): WebhookEvent[] {
  const form = formOf(rawBody);
  const status = form.MessageStatus || form.SmsStatus || '';
  const id = new URL(request.url).searchParams.get('id') ?? '';
  return [{ id: `${form.MessageSid}:${status}:${id}`, type: 'sms-status', payload: { ...form, id, status } }];
}

/** What came with a text: names and kinds, and addresses that are kept and never shown. */
function mediaOf(form: Record<string, string>) {
  const count = Math.min(Number.parseInt(form.NumMedia ?? '0', 10) || 0, mostMedia);
  return Array.from({ length: count }, (_, at) => ({
    content_type: (form[`MediaContentType${at}`] ?? 'application/octet-stream').slice(0, 100),
    url: (form[`MediaUrl${at}`] ?? '').slice(0, 500),
  }));
}

/** The keyword that Twilio has seen and answered itself, where its Advanced Opt-Out is on. */
const providerKeyword = (form: Record<string, string>): Keyword | null => {
  const word = form.OptOutType?.toLowerCase();
  return word === 'stop' || word === 'start' || word === 'help' ? word : null;
};

const answers = {
  stop: stopAnswer('{workspace}'),
  start: startAnswer('{workspace}'),
  help: helpAnswer('{workspace}'),
};

/**
 * Keeps a text that came in, and does what it asks.
 * @returns whether something waits to be sent in answer
 * @throws {AppError} `invalid` for a sender that is no number: nothing can be answered there
 */
export async function receiveText(event: WebhookEvent, { admin, log }: WebhookContext): Promise<boolean> {
  const form = event.payload as Record<string, string>;
  const from = form.From ?? '';
  if (!e164.test(from)) throw new AppError('invalid', { userMessage: `No number: ${from.slice(0, 40)}` });
  const body = form.Body ?? '';
  const answered = providerKeyword(form);
  const media = mediaOf(form);
  const message = {
    sid: form.MessageSid ?? '',
    to: form.To ?? '',
    from,
    from_name: displayPhone(from),
    body,
    keyword: answered ?? keywordOf(body, false),
    // YES is START where STOP has opted the number out, which the database knows
    yes: keywordOf(body, true) === 'start',
    media,
    is_answered: answered !== null,
    answers,
  };
  const { data, error } = await admin.rpc('receive_text', { message: message as unknown as Json });
  if (error) throw new Error(`A text could not be kept: ${error.message}`);
  const kept = data as { result: string; has_answer?: boolean };
  if (kept.result === 'unknown_to')
    log.warn({ to: message.to, sid: message.sid }, 'a text to a number that is nobody’s here');
  return kept.has_answer ?? false;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Notes how far a text of ours has come.
 * @throws {AppError} `invalid` for a state that Twilio doesn't have
 */
export async function noteTextStatus(event: WebhookEvent, { admin, log }: WebhookContext): Promise<void> {
  const form = event.payload as Record<string, string>;
  const status = form.status ?? '';
  if (!isDelivery(status)) throw new AppError('invalid', { userMessage: `No state: ${status.slice(0, 40)}` });
  const told = [
    {
      id: uuid.test(form.id ?? '') ? form.id : null,
      sid: form.MessageSid,
      delivery: status,
      rank: deliveryRanks[status],
      error_code: form.ErrorCode || null,
    },
  ];
  const { data, error } = await admin.rpc('settle_texts', { told: told as unknown as Json });
  if (error) throw new Error(`A text's state could not be kept: ${error.message}`);
  if ((data as unknown as string[]).length > 0)
    log.info({ sid: form.MessageSid }, 'the state of a text that is not ours');
}
