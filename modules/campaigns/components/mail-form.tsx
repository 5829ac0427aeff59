'use client';

import { useState } from 'react';
import { FormProblem } from '@/components/form-notice';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { api } from '@/lib/api-client';
import { useApiForm } from '@/lib/use-api-form';
import type { CampaignDetail, EmailDetail } from '../answers';
import { HtmlEditor } from './html-editor';

/** One recipient's first mail, edited before it goes: their text alone, the campaign's stays as it is. */
export function MailForm({
  campaign,
  mail,
  onClose,
  onDone,
}: {
  campaign: CampaignDetail;
  mail: EmailDetail;
  onClose: () => void;
  onDone: () => Promise<void>;
}) {
  const [html, setHtml] = useState(mail.body_html ?? '');
  const isHtml = mail.body_html !== null;
  const { onSubmit, pending, failure, errors } = useApiForm(
    ({ subject, body_text }) =>
      api('PATCH', `/api/campaigns/${campaign.id}/emails/${mail.id}`, {
        subject,
        ...(isHtml ? { body_html: html } : { body_text }),
      }),
    onDone,
  );
  return (
    <form
      className="grid gap-4 p-5 max-md:p-4"
      onSubmit={(event) => void onSubmit(event)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) event.currentTarget.requestSubmit();
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <FormProblem failure={failure} />
      <Field label="Subject" error={errors.subject}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            name="subject"
            maxLength={500}
            defaultValue={mail.subject}
            autoComplete="off"
          />
        )}
      </Field>
      {isHtml ? (
        <div>
          <HtmlEditor label="Text" value={html} onChange={setHtml} />
          {errors.body_html ? (
            <p role="alert" className="mt-1 text-destructive-text text-xs">
              {errors.body_html}
            </p>
          ) : null}
        </div>
      ) : (
        <Field
          label="Text"
          error={errors.body_text}
          help="The footer with your postal address and the way to unsubscribe is added by itself."
        >
          {(control) => (
            <Textarea {...control} name="body_text" rows={14} defaultValue={mail.body_text ?? ''} />
          )}
        </Field>
      )}
      <div className="flex justify-end gap-2">
        <Button variant="outline" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={pending}>
          Save
        </Button>
      </div>
    </form>
  );
}
