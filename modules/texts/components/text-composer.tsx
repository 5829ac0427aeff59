'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { use, useDeferredValue, useEffect, useId, useRef, useState } from 'react';
import { FormNotice } from '@/components/form-notice';
import { useFeature } from '@/components/tier';
import { TimeZoneContext } from '@/components/time-zone';
import { Button } from '@/components/ui/button';
import { FieldError } from '@/components/ui/field';
import { NativeSelect } from '@/components/ui/native-select';
import { ApiError, api } from '@/lib/api-client';
import { insertText } from '@/lib/insert-text';
import { cn } from '@/lib/utils';
import { reasonSentence } from '@/modules/gate/reasons';
import { FieldPicker } from '@/modules/records/components/field-picker';
import { messageOf } from '@/modules/records/components/use-bulk';
import type { OurNumber, SentText, TextPreview, TextThread } from '../answers';
import { missingSentence, textFieldWords } from '../domain';
import { SegmentCount } from './segment-count';
import { TemplateMenu } from './template-menu';
import { whenWords } from './text-words';
import { useTextDraft } from './use-draft';
import { useSegments } from './use-segments';
import { type TextSubject, useTextWrites } from './use-texts';
import { refusalOf } from './who-words';

/**
 * Writes to a number. What forbids it is said instead of a field, what makes it wait beneath it. Cmd/Ctrl-Enter sends; the
 * text shows at once, and is put back into the field where it is refused. Load it with `next/dynamic`.
 * @param failed why it was refused before, where the composer was closed meanwhile
 * @param onSending gets the answer to come, once the text stands in the conversation
 */
export function TextComposer({
  subject,
  thread,
  numbers,
  problem,
  autoFocus = false,
  failed = null,
  onSending,
}: {
  subject: TextSubject;
  thread: TextThread;
  numbers: readonly OurNumber[];
  problem: string | null;
  autoFocus?: boolean;
  failed?: string | null;
  onSending?: (answer: Promise<SentText>) => void;
}) {
  const { phone } = thread;
  const refusal = refusalOf(phone);
  if (refusal) {
    return (
      <p role="status" className="rounded-md bg-destructive-soft px-3 py-2 text-sm">
        {refusal} Nothing can be sent to {phone.display}.
      </p>
    );
  }
  if (numbers.length === 0) {
    return (
      <p className="rounded-md bg-warning-soft px-3 py-2 text-sm">
        {problem ?? 'Texts go out from a number of yours, and there is none yet.'}{' '}
        <Link href="/settings/numbers" className="underline underline-offset-2">
          Add a number
        </Link>
      </p>
    );
  }
  return (
    <Form
      subject={subject}
      thread={thread}
      numbers={numbers}
      problem={problem}
      autoFocus={autoFocus}
      failed={failed}
      onSending={onSending}
    />
  );
}

/** One id for all tries with the same words: what was taken in and whose answer was lost is not sent twice. */
const tries = new Map<string, { id: string; body: string }>();

/** Why a text was refused, in the words of the field that it is about. */
export function refusalWords(error: unknown): string {
  const { body, phone_id, phone_number_id } = error instanceof ApiError ? error.fields : {};
  return body ?? phone_id ?? phone_number_id ?? messageOf(error);
}

/** The number of ours that the conversation went through last, else the default sender. */
function usualNumber(thread: TextThread, numbers: readonly OurNumber[]): string {
  const last = thread.messages.findLast(({ phone_number_id: id }) =>
    numbers.some((number) => number.id === id),
  );
  return last?.phone_number_id ?? numbers.find((each) => each.is_default_sender)?.id ?? numbers[0]?.id ?? '';
}

function Form({
  subject,
  thread,
  numbers,
  problem,
  autoFocus,
  failed,
  onSending,
}: {
  subject: TextSubject;
  thread: TextThread;
  numbers: readonly OurNumber[];
  problem: string | null;
  autoFocus: boolean;
  failed: string | null;
  onSending?: (answer: Promise<SentText>) => void;
}) {
  const { phone } = thread;
  const timeZone = use(TimeZoneContext);
  const mayUseFields = useFeature('sms_templates');
  const { send } = useTextWrites(subject);
  const [text, setText] = useTextDraft(`text:${phone.id}`);
  const [template, setTemplate] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [failure, setFailure] = useState(failed);
  const [isUsed, setIsUsed] = useState(autoFocus);
  const field = useRef<HTMLTextAreaElement>(null);
  const errorId = useId();
  const from = chosen ?? usualNumber(thread, numbers);
  const preview = usePreview(subject, phone.id, from, text);
  const counted = useSegments(preview?.text ?? text);
  const missing = preview?.missing ?? [];
  const problemAtField = failure ?? counted?.tooLong ?? null;
  const isOpen = isUsed || text !== '';

  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, [autoFocus]);

  async function submit() {
    const body = text.trim();
    if (body === '' || counted?.tooLong) return;
    const before = tries.get(phone.id);
    const id = before?.body === body ? before.id : crypto.randomUUID();
    tries.set(phone.id, { id, body });
    setFailure(null);
    setText('');
    field.current?.focus();
    try {
      const sending = send({
        id,
        phone_id: phone.id,
        body,
        phone_number_id: from || null,
        template_id: template,
        shown: preview?.text ?? body,
      });
      onSending?.(sending);
      await sending;
      tries.delete(phone.id);
      setTemplate(null);
    } catch (error) {
      setText(body);
      setFailure(refusalWords(error));
    }
  }

  const { decision } = phone;
  return (
    <form
      className="grid gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void submit();
      }}
    >
      {problem ? <FormNotice>{problem}</FormNotice> : null}
      <div className="field grid">
        <textarea
          ref={field}
          aria-label={`Text to ${phone.display}`}
          aria-invalid={problemAtField ? true : undefined}
          aria-describedby={problemAtField ? errorId : undefined}
          placeholder="Write a text"
          rows={1}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            setFailure(null);
          }}
          onFocus={() => setIsUsed(true)}
          onBlur={({ currentTarget, relatedTarget }) => {
            if (!currentTarget.form?.contains(relatedTarget)) setIsUsed(text !== '');
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
              event.preventDefault();
              event.stopPropagation();
              void submit();
            }
          }}
          className={cn(
            'field-sizing-content outline-none max-h-60 w-full resize-none rounded-md bg-transparent px-3 py-2 text-sm max-md:text-lg',
            isOpen && 'min-h-20',
          )}
        />
        {isOpen ? (
          <div className="flex flex-wrap items-center gap-x-1 gap-y-1.5 px-1.5 pb-1.5">
            <TemplateMenu
              onPick={({ id, body }) => {
                setTemplate(id);
                setText(body);
                field.current?.focus();
              }}
            />
            {mayUseFields ? (
              <FieldPicker
                into="the text"
                fields={textFieldWords}
                withoutFallback="Left empty, the text isn’t sent where it isn’t known."
                onInsert={(inserted) => setText(insertText(field.current, text, inserted))}
              />
            ) : null}
            <span className="ml-auto flex items-center gap-2">
              <SegmentCount counted={counted} />
              <Button
                type="submit"
                size="sm"
                disabled={text.trim() === '' || Boolean(counted?.tooLong) || missing.length > 0}
              >
                Send
              </Button>
            </span>
          </div>
        ) : null}
      </div>
      {problemAtField ? (
        <FieldError id={errorId}>{problemAtField}</FieldError>
      ) : missing.length > 0 ? (
        <p role="alert" className="text-warning-text text-xs">
          {missingSentence(missing)}
        </p>
      ) : null}
      {preview && text !== '' && preview.text !== text ? (
        <p className="wrap-anywhere whitespace-pre-wrap rounded-md border border-dashed px-2.5 py-1.5 text-sm">
          <span className="block text-muted-foreground text-xs">{`As ${subject.name} gets it`}</span>
          {preview.text}
        </p>
      ) : null}
      {isOpen ? (
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted-foreground text-xs">
          {numbers.length > 1 ? (
            <NativeSelect
              aria-label="From"
              className="w-72 max-w-full [&_select]:h-7 [&_select]:text-xs"
              value={from}
              onChange={({ target }) => setChosen(target.value)}
            >
              {numbers.map(({ id, label, display, status }) => (
                <option key={id} value={id}>
                  {`From ${label}, ${display}${status === 'paused' ? ' (paused)' : ''}`}
                </option>
              ))}
            </NativeSelect>
          ) : (
            <span>{`From ${numbers[0]?.label}, ${numbers[0]?.display}`}</span>
          )}
          {decision.verdict === 'hold' ? (
            <span>
              {decision.until
                ? `Goes at ${whenWords(decision.until, decision.zone ?? timeZone)}. `
                : 'It would wait. '}
              {reasonSentence(decision.reason)}
            </span>
          ) : null}
        </div>
      ) : null}
    </form>
  );
}

const previewAfterMs = 250;

/** The wording with this person's fields, where it has any; null where it has none, or what it has can't be read yet. */
function usePreview(subject: TextSubject, phone: string, from: string, text: string): TextPreview | null {
  const [settled, setSettled] = useState('');
  const body = useDeferredValue(settled);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), previewAfterMs);
    return () => clearTimeout(timer);
  }, [text]);
  const hasFields = /\{[{%]/.test(body);
  const { data } = useQuery({
    queryKey: ['text-preview', phone, subject.id, from, body],
    enabled: hasFields,
    retry: false,
    queryFn: ({ signal }) =>
      api<TextPreview>(
        'POST',
        '/api/sms/preview',
        {
          phone_id: phone,
          person_id: subject.kind === 'person' ? subject.id : null,
          body,
          phone_number_id: from || null,
        },
        { signal },
      ),
    placeholderData: (before) => before,
  });
  return hasFields ? (data ?? null) : null;
}
