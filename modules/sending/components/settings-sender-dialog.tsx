'use client';

import Link from 'next/link';
import { FormDialog } from '@/components/form-dialog';
import { FormProblem } from '@/components/form-notice';
import { notify } from '@/components/notify';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { Textarea } from '@/components/ui/textarea';
import { api } from '@/lib/api-client';
import { useApiForm } from '@/lib/use-api-form';
import type { Sender, SendingSettings } from '../schema';

/**
 * A new sender, or a change of one.
 * @param domain one of the workspace's, to show what the address will look like
 */
export function SenderDialog({
  sender,
  mailboxes,
  domain,
  onSaved,
  onClose,
}: {
  sender: Sender | null;
  mailboxes: SendingSettings['mailboxes'];
  domain: string | null;
  onSaved: () => void;
  onClose: () => void;
}) {
  const form = useApiForm(
    (values) =>
      sender ? api('PATCH', `/api/senders/${sender.id}`, values) : api('POST', '/api/senders', values),
    () => {
      notify.success(sender ? 'Sender saved' : 'Sender added', {
        description: sender ? 'Campaigns that run keep what they were launched with.' : undefined,
      });
      onSaved();
      onClose();
    },
  );
  return (
    <FormDialog
      title={sender ? `Edit ${sender.name}` : 'Add a sender'}
      submitLabel={sender ? 'Save' : 'Add the sender'}
      pending={form.pending}
      onSubmit={(event) => void form.onSubmit(event)}
      onClose={onClose}
    >
      <FormProblem failure={form.failure} />
      <Field
        label="Name"
        error={form.errors.name}
        help="As it stands in the inbox of whoever gets the e-mail."
      >
        {(control) => (
          <Input
            {...control}
            name="name"
            defaultValue={sender?.name}
            autoComplete="off"
            placeholder="Ada Hale"
          />
        )}
      </Field>
      <Field
        label="Before the @"
        error={form.errors.local_part}
        help={`Followed by whichever domain sends${domain ? `, such as @${domain}` : ''}.`}
      >
        {(control) => (
          <Input
            {...control}
            name="local_part"
            defaultValue={sender?.local_part}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="ada"
          />
        )}
      </Field>
      <Field
        label="Answers go to"
        error={form.errors.mailbox_id}
        help={
          mailboxes.length === 0 ? (
            <>
              Connect a mailbox under{' '}
              <Link href="/settings/mailboxes" className="text-primary-text underline underline-offset-2">
                Mailboxes
              </Link>
              , and a reply ends the sequence by itself.
            </>
          ) : (
            'A reply to a connected mailbox ends the sequence by itself.'
          )
        }
      >
        {(control) => (
          <NativeSelect {...control} name="mailbox_id" defaultValue={sender?.mailbox_id ?? ''}>
            <option value="">No connected mailbox</option>
            {mailboxes.map((mailbox) => (
              <option key={mailbox.id} value={mailbox.id}>
                {mailbox.address}
                {mailbox.status === 'reconnect' ? ' (to be connected again)' : ''}
              </option>
            ))}
          </NativeSelect>
        )}
      </Field>
      <Field
        label="Reply-to address"
        optional
        error={form.errors.reply_to}
        help="Where no mailbox is chosen. Answers there can’t be seen here, so nothing stops by itself."
      >
        {(control) => (
          <Input
            {...control}
            name="reply_to"
            type="email"
            defaultValue={sender?.reply_to ?? ''}
            autoComplete="off"
          />
        )}
      </Field>
      <Field label="Signature" optional error={form.errors.signature}>
        {(control) => <Textarea {...control} name="signature" rows={3} defaultValue={sender?.signature} />}
      </Field>
      <Field
        label="Postal address"
        error={form.errors.postal_address}
        help="Stands at the foot of every e-mail, with the link to unsubscribe: CAN-SPAM asks for both."
      >
        {(control) => (
          <Textarea {...control} name="postal_address" rows={2} defaultValue={sender?.postal_address} />
        )}
      </Field>
    </FormDialog>
  );
}
