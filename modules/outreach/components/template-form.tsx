'use client';

import { FormDialog } from '@/components/form-dialog';
import { FormProblem } from '@/components/form-notice';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { Textarea } from '@/components/ui/textarea';
import { api } from '@/lib/api-client';
import { useApiForm } from '@/lib/use-api-form';
import { outcomeWords } from '@/modules/activities/domain';
import { channelWords, outreachChannels, outreachOutcomes } from '../domain';
import type { TemplateRow } from '../queries';

/** The form of an outreach template, new or known. */
export function TemplateForm({
  template,
  onClose,
  onDone,
}: {
  template?: TemplateRow;
  onClose: () => void;
  onDone: () => void;
}) {
  const { onSubmit, pending, failure, errors } = useApiForm((given) => {
    const days = (given.next_step_days ?? '').trim();
    const body = {
      name: given.name,
      channel: given.channel || null,
      subject: given.subject || null,
      body: given.body,
      outcome: given.outcome || null,
      // what is no number goes as it is, for the server to complain about
      next_step_days: days === '' ? null : /^\d+$/.test(days) ? Number(days) : days,
    };
    return template
      ? api('PATCH', `/api/outreach/templates/${template.id}`, body)
      : api('POST', '/api/outreach/templates', body);
  }, onDone);
  return (
    <FormDialog
      title={template ? `Edit ${template.name}` : 'New template'}
      submitLabel={template ? 'Save' : 'Create template'}
      pending={pending}
      onSubmit={(event) => void onSubmit(event)}
      onClose={onClose}
    >
      <FormProblem failure={failure} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Name" error={errors.name}>
          {(control) => (
            <Input {...control} autoFocus name="name" maxLength={80} defaultValue={template?.name} />
          )}
        </Field>
        <Field label="Channel" error={errors.channel}>
          {(control) => (
            <NativeSelect {...control} name="channel" defaultValue={template?.channel ?? ''}>
              <option value="">The one that is chosen</option>
              {outreachChannels.map((channel) => (
                <option key={channel} value={channel}>
                  {channelWords[channel]}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
      </div>
      <Field label="Subject" optional error={errors.subject}>
        {(control) => (
          <Input {...control} name="subject" maxLength={500} defaultValue={template?.subject ?? ''} />
        )}
      </Field>
      <Field label="Text" error={errors.body}>
        {(control) => <Textarea {...control} name="body" rows={5} defaultValue={template?.body} />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Outcome" error={errors.outcome}>
          {(control) => (
            <NativeSelect {...control} name="outcome" defaultValue={template?.outcome ?? ''}>
              <option value="">Not said</option>
              {outreachOutcomes.map((outcome) => (
                <option key={outcome} value={outcome}>
                  {outcomeWords[outcome]}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
        <Field label="Next step in days" optional error={errors.next_step_days}>
          {(control) => (
            <Input
              {...control}
              name="next_step_days"
              inputMode="numeric"
              defaultValue={template?.next_step_days ?? ''}
            />
          )}
        </Field>
      </div>
    </FormDialog>
  );
}
