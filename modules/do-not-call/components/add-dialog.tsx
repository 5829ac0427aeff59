'use client';

import { FormDialog } from '@/components/form-dialog';
import { FormProblem } from '@/components/form-notice';
import { notify } from '@/components/notify';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { api } from '@/lib/api-client';
import { useApiForm } from '@/lib/use-api-form';

/** Puts one number on the list, with why. @param onDone once it is on it */
export function AddDialog({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const form = useApiForm(
    (values) => api<{ e164: string; is_added: boolean }>('POST', '/api/do-not-call', values),
    ({ is_added }) => {
      if (is_added)
        notify.success('The number is on the list', {
          description: 'Neither calls nor texts go to it; what was queued is cancelled.',
        });
      else notify.info('The number was on the list already', { description: 'Its first reason stays.' });
      onDone();
      onClose();
    },
  );
  return (
    <FormDialog
      title="Add a number"
      description="Neither calls nor texts go to it any more, for everybody who shares it."
      submitLabel="Add to the list"
      pending={form.pending}
      onSubmit={(event) => void form.onSubmit(event)}
      onClose={onClose}
    >
      <FormProblem failure={form.failure} />
      <Field label="Number" error={form.errors.e164}>
        {(control) => (
          <Input
            {...control}
            name="e164"
            type="tel"
            autoComplete="off"
            placeholder="(212) 555-0142"
            autoFocus
          />
        )}
      </Field>
      <Field
        label="Why"
        error={form.errors.reason}
        help="Who asked, and where: it is shown to whoever looks at the number."
      >
        {(control) => <Textarea {...control} name="reason" maxLength={500} />}
      </Field>
    </FormDialog>
  );
}
