'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { use } from 'react';
import { CurrentUserContext } from '@/components/current-user';
import { notify } from '@/components/notify';
import { api } from '@/lib/api-client';
import { useLive } from '@/lib/use-live';
import { messageOf } from '@/modules/records/components/use-bulk';
import type { SentText, TextMessage, Texts } from '../answers';

/** Whose texts: all numbers of a person, or one number whoever is behind it. */
export type TextSubject = { kind: 'person' | 'phone'; id: string; name: string };

/** What is given to be sent. `id` is the text's own: the same twice is one text. */
export type TextToSend = {
  id: string;
  phone_id: string;
  body: string;
  phone_number_id: string | null;
  template_id: string | null;
  /** As it will read, where the wording has fields. */
  shown?: string;
};

const collections = { person: 'people', phone: 'phones' } as const;

/** The key of the texts of somebody. */
export const textsKey = ({ kind, id }: Pick<TextSubject, 'kind' | 'id'>) => ['texts', kind, id];

/** The texts of somebody, kept fresh: one that comes in shows by itself. */
export function useTexts(subject: TextSubject) {
  const client = useQueryClient();
  const queryKey = textsKey(subject);
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      api<Texts>('GET', `/api/${collections[subject.kind]}/${subject.id}/texts`, undefined, { signal }),
  });
  const { data } = query;
  useLive('texts', (ids) => {
    // while the first answer is on its way nobody knows yet which numbers are theirs
    const isTheirs =
      ids === null ||
      !data ||
      ids.some((id) => id === subject.id || data?.threads.some(({ phone }) => phone.id === id));
    if (isTheirs) void client.invalidateQueries({ queryKey });
  });
  return query;
}

/** The texts with one thread changed. */
function withMessages(
  texts: Texts | undefined,
  phone: string,
  change: (messages: TextMessage[]) => TextMessage[],
): Texts | undefined {
  return (
    texts && {
      ...texts,
      threads: texts.threads.map((thread) =>
        thread.phone.id === phone ? { ...thread, messages: change(thread.messages) } : thread,
      ),
    }
  );
}

/**
 * Sends, cancels and retries. What is done shows at once; what is refused is put back as it was.
 * @returns `send` rejects with the refusal, for the field it names; the others say it themselves
 */
export function useTextWrites(subject: TextSubject) {
  const client = useQueryClient();
  const me = use(CurrentUserContext);
  const key = textsKey(subject);
  const change = (phone: string, how: (messages: TextMessage[]) => TextMessage[]) =>
    client.setQueryData<Texts>(key, (texts) => withMessages(texts, phone, how));
  const refresh = () => client.invalidateQueries({ queryKey: ['texts'] });

  async function send({ shown: filled, ...given }: TextToSend): Promise<SentText> {
    await client.cancelQueries({ queryKey: key });
    const shown = beingSent({ ...given, body: filled ?? given.body }, me);
    change(given.phone_id, (messages) => [...messages.filter(({ id }) => id !== given.id), shown]);
    try {
      const sent = await api<SentText>('POST', '/api/sms/send', {
        ...given,
        ...(subject.kind === 'person' && { person_id: subject.id }),
        phone_number_id: given.phone_number_id ?? undefined,
        template_id: given.template_id ?? undefined,
      });
      change(given.phone_id, (messages) =>
        messages.map((message) => (message.id === given.id ? sent.text : message)),
      );
      return sent;
    } catch (error) {
      change(given.phone_id, (messages) => messages.filter(({ id }) => id !== given.id));
      throw error;
    } finally {
      void refresh();
    }
  }

  async function act(
    phone: string,
    message: TextMessage,
    shown: Partial<TextMessage>,
    call: () => Promise<unknown>,
    failure: string,
  ) {
    await client.cancelQueries({ queryKey: key });
    const swap = (next: TextMessage) =>
      change(phone, (messages) => messages.map((each) => (each.id === message.id ? next : each)));
    swap({ ...message, ...shown });
    try {
      await call();
    } catch (error) {
      swap(message);
      notify.error(failure, { description: messageOf(error) });
    }
    await refresh();
  }

  return {
    send,
    cancel: (phone: string, message: TextMessage) =>
      act(
        phone,
        message,
        { status: 'cancelled', decision: null, last_error: null },
        () => api('DELETE', `/api/sms/${message.id}`),
        'It was not cancelled',
      ),
    retry: (phone: string, message: TextMessage) =>
      act(
        phone,
        message,
        { status: 'queued', delivery: null, decision: null, last_error: null, error_code: null },
        () => api('POST', `/api/sms/${message.id}/retry`),
        'It was not sent again',
      ),
  };
}

/** A text as it shows until the server has it. */
function beingSent(given: TextToSend, me: string | null): TextMessage {
  const now = new Date().toISOString();
  return {
    id: given.id,
    direction: 'out',
    purpose: 'direct',
    body: given.body,
    segments: null,
    status: 'sending',
    at: now,
    run_at: now,
    is_paused: false,
    decision: null,
    delivery: null,
    delivered_at: null,
    error_code: null,
    last_error: null,
    keyword: null,
    media: [],
    person: null,
    created_by: me ? { id: me, name: 'You' } : null,
    phone_number_id: given.phone_number_id,
    batch: null,
  };
}
