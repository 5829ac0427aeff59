'use client';

import { FormDialog } from '@/components/form-dialog';
import { FormProblem } from '@/components/form-notice';
import { notify } from '@/components/notify';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { api } from '@/lib/api-client';
import { useApiForm } from '@/lib/use-api-form';

/** Sends the mail that is shown to an address of one's own. It counts nowhere and its unsubscribe link is real. */
export function TestSend({
  campaignId,
  request,
  onClose,
}: {
  campaignId: string;
  request: { step_id: string; recipient_id: string | null; variant: 0 | 1 };
  onClose: () => void;
}) {
  const { onSubmit, pending, failure, errors } = useApiForm(
    ({ to }) => api('POST', `/api/campaigns/${campaignId}/test-send`, { ...request, to }),
    () => {
      notify.success('The test is on its way', { description: 'The outbox shows what became of it.' });
      onClose();
    },
  );
  return (
    <FormDialog
      title="Send a test"
      description="This e-mail as it is shown, to an address of yours."
      submitLabel="Send the test"
      pending={pending}
      onSubmit={(event) => void onSubmit(event)}
      onClose={onClose}
    >
      <FormProblem failure={failure} />
      <Field label="To" error={errors.to}>
        {(control) => <Input {...control} autoFocus name="to" type="email" autoComplete="email" />}
      </Field>
    </FormDialog>
  );
}
