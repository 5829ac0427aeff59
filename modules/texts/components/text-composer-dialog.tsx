'use client';

import { useState } from 'react';
import { notify } from '@/components/notify';
import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogContent, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { NativeSelect } from '@/components/ui/native-select';
import { Skeleton } from '@/components/ui/skeleton';
import { reasonSentence } from '@/modules/gate/reasons';
import type { SentText } from '../answers';
import { TextBubbles } from './text-bubbles';
import { refusalWords, TextComposer } from './text-composer';
import { whenWords } from './text-words';
import { ThreadHead } from './thread-head';
import { type TextSubject, useTexts } from './use-texts';
import { bestThread, phoneOption } from './who-words';

const shownBefore = 4;

/**
 * A text to a person or to a number, with what was written last above it. Closing keeps what was typed. Load it with
 * `next/dynamic`.
 * @param phoneId the number to begin with
 */
export function TextComposerDialog({
  subject,
  phoneId,
  onClose,
}: {
  subject: TextSubject;
  phoneId?: string;
  onClose: () => void;
}) {
  const { data, error, refetch } = useTexts(subject);
  const [chosen, setChosen] = useState(phoneId ?? null);
  const [isSending, setSending] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const threads = data?.threads ?? [];
  const thread = threads.find(({ phone }) => phone.id === chosen) ?? bestThread(threads);

  /** Out of the way at once; only a refusal brings it back, with all that was written. */
  function follow(answer: Promise<SentText>) {
    setSending(true);
    answer.then(
      ({ decision }) => {
        notify.success(
          decision.verdict === 'hold' ? `Queued for ${subject.name}` : `On its way to ${subject.name}`,
          {
            description:
              decision.verdict === 'hold'
                ? [
                    decision.until && decision.zone && `Goes at ${whenWords(decision.until, decision.zone)}.`,
                    reasonSentence(decision.reason),
                  ]
                    .filter(Boolean)
                    .join(' ')
                : undefined,
          },
        );
        onClose();
      },
      (refused: unknown) => {
        setFailed(refusalWords(refused));
        setSending(false);
      },
    );
  }
  if (isSending) return null;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent aria-describedby={undefined}>
        <DialogHeader>
          <DialogTitle>{`Text ${subject.name}`}</DialogTitle>
        </DialogHeader>
        <DialogBody className="grid content-start gap-3 pt-1">
          {error && !data ? (
            <p role="alert" className="text-sm">
              {error.message}{' '}
              <Button variant="ghost" size="sm" onClick={() => void refetch()}>
                Try again
              </Button>
            </p>
          ) : data ? null : (
            <Skeleton className="h-20" />
          )}
          {data && !thread ? (
            <p className="text-muted-foreground text-sm">
              {`${subject.name} has no phone number yet. Add one on their page.`}
            </p>
          ) : null}
          {threads.length > 1 && thread ? (
            <Field label="To">
              {(control) => (
                <NativeSelect
                  {...control}
                  value={thread.phone.id}
                  onChange={({ target }) => setChosen(target.value)}
                >
                  {threads.map(({ phone }) => (
                    <option key={phone.id} value={phone.id}>
                      {phoneOption(phone)}
                    </option>
                  ))}
                </NativeSelect>
              )}
            </Field>
          ) : null}
          {data && thread ? (
            <>
              <ThreadHead self={subject.id} phone={thread.phone} />
              <TextBubbles subject={subject} thread={thread} shown={shownBefore} />
              <TextComposer
                key={thread.phone.id}
                subject={subject}
                thread={thread}
                numbers={data.numbers}
                problem={data.problem}
                autoFocus
                failed={failed}
                onSending={follow}
              />
            </>
          ) : null}
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}
