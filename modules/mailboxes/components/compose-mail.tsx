'use client';

import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { FormProblem } from '@/components/form-notice';
import { notify } from '@/components/notify';
import { Button } from '@/components/ui/button';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
} from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { Skeleton } from '@/components/ui/skeleton';
import { Textarea } from '@/components/ui/textarea';
import { api } from '@/lib/api-client';
import { useApiForm } from '@/lib/use-api-form';
import { replySubject } from '../domain';
import type { PersonMail } from '../schema';
import { personMailKey, usePersonMail } from './use-person-mail';

/** What a mail answers or follows, so that it stands in that thread. */
export type MailContext = { answers?: string; follows?: string; subject: string | null; to?: string };

/** States of an address in which nothing is sent to it. */
const closed: Record<string, string> = {
  hard_bounced: 'doesn’t exist',
  complained: 'reported spam',
  unsubscribed: 'unsubscribed',
  suppressed: 'suppressed',
};

/** A mail from one's own mailbox to a person, new or within a thread. Load it with `next/dynamic`. */
export function ComposeMail({
  person,
  context,
  onClose,
}: {
  person: { id: string; name: string };
  context?: MailContext;
  onClose: () => void;
}) {
  const { data, error } = usePersonMail(person.id);
  const mailboxes = data?.mailboxes.filter(({ status }) => status === 'connected') ?? [];
  const addresses = data?.addresses.filter(({ status }) => closed[status] === undefined) ?? [];
  if (data && mailboxes.length > 0 && addresses.length > 0) {
    return (
      <Form person={person} context={context} mail={{ ...data, mailboxes, addresses }} onClose={onClose} />
    );
  }
  const shut = data?.addresses.find(({ status }) => closed[status] !== undefined);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{`Write to ${person.name}`}</DialogTitle>
          <DialogDescription>
            {error
              ? error.message
              : !data
                ? 'Looking for your mailbox'
                : mailboxes.length === 0
                  ? data.mailboxes.length > 0
                    ? 'Your mailbox has to be connected again before anything can be sent through it.'
                    : 'Mails to one person go out through your own Gmail. Connect it first.'
                  : shut
                    ? `${shut.address}: ${closed[shut.status]}. Nothing is sent there.`
                    : `${person.name} has no e-mail address yet. Add one on their page.`}
          </DialogDescription>
        </DialogHeader>
        <DialogBody className="pb-5">
          {!data && !error ? <Skeleton className="h-4 w-2/3" /> : null}
          {data && mailboxes.length === 0 ? (
            <Button asChild>
              <Link href="/settings/mailboxes">
                {data.mailboxes.length > 0 ? 'Connect again' : 'Connect a mailbox'}
              </Link>
            </Button>
          ) : null}
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}

function Form({
  person,
  context,
  mail,
  onClose,
}: {
  person: { id: string; name: string };
  context?: MailContext;
  mail: PersonMail;
  onClose: () => void;
}) {
  const client = useQueryClient();
  // one for all tries: a mail that was taken in and whose answer was lost is not sent twice
  const [id] = useState(() => crypto.randomUUID());
  const [from, setFrom] = useState(mail.mailboxes[0]?.id ?? '');
  const [to, setTo] = useState(
    mail.addresses.find(({ address }) => address === context?.to)?.id ?? mail.addresses[0]?.id ?? '',
  );
  const { onSubmit, pending, failure, errors } = useApiForm(
    ({ subject = '', body = '' }) =>
      api('POST', `/api/people/${person.id}/mail`, {
        id,
        mailbox_id: from,
        email_id: to,
        subject,
        body,
        answers: context?.answers,
        follows: context?.follows,
      }),
    async () => {
      onClose();
      notify.success(`On its way to ${person.name}`);
      await client.invalidateQueries({ queryKey: personMailKey(person.id) });
    },
  );
  const isReply = context !== undefined;
  return (
    <FormDialog
      title={isReply ? `Answer ${person.name}` : `Write to ${person.name}`}
      submitLabel="Send"
      pending={pending}
      onSubmit={(event) => void onSubmit(event)}
      onClose={onClose}
    >
      <FormProblem failure={failure} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="From" error={errors.mailbox_id}>
          {(control) => (
            <NativeSelect {...control} value={from} onChange={(event) => setFrom(event.target.value)}>
              {mail.mailboxes.map(({ id: value, address }) => (
                <option key={value} value={value}>
                  {address}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
        <Field label="To" error={errors.email_id}>
          {(control) => (
            <NativeSelect {...control} value={to} onChange={(event) => setTo(event.target.value)}>
              {mail.addresses.map(({ id: value, address }) => (
                <option key={value} value={value}>
                  {address}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
      </div>
      <Field label="Subject" error={errors.subject}>
        {(control) => (
          <Input
            {...control}
            name="subject"
            maxLength={500}
            defaultValue={isReply ? replySubject(context.subject ?? '') : ''}
            autoFocus={!isReply}
          />
        )}
      </Field>
      <Field label="Message" error={errors.body}>
        {(control) => (
          <Textarea {...control} name="body" rows={10} className="min-h-48" autoFocus={isReply} />
        )}
      </Field>
    </FormDialog>
  );
}
