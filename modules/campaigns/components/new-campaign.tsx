'use client';

import { useQueryClient } from '@tanstack/react-query';
import { FormDialog } from '@/components/form-dialog';
import { FormProblem } from '@/components/form-notice';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { api } from '@/lib/api-client';
import { useApiForm } from '@/lib/use-api-form';

/** Asks for a new campaign's name and makes the draft. @param onDone gets its id */
export function NewCampaign({ onClose, onDone }: { onClose: () => void; onDone: (id: string) => void }) {
  const client = useQueryClient();
  const { onSubmit, pending, failure, errors } = useApiForm(
    ({ name, format }) => api<{ id: string }>('POST', '/api/campaigns', { name, format }),
    async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['campaigns', 'list'] });
      onDone(id);
    },
  );
  return (
    <FormDialog
      title="New campaign"
      description="A draft: nothing is sent before you have read it and launched it."
      submitLabel="Create draft"
      pending={pending}
      onSubmit={(event) => void onSubmit(event)}
      onClose={onClose}
    >
      <FormProblem failure={failure} />
      <Field label="Name" error={errors.name} help="For your team. Recipients never see it.">
        {(control) => <Input {...control} autoFocus name="name" maxLength={120} autoComplete="off" />}
      </Field>
      <Field
        label="Format"
        error={errors.format}
        help="Plain text reads like a letter from one person. HTML has links, lists and emphasis."
      >
        {(control) => (
          <NativeSelect {...control} name="format" defaultValue="text">
            <option value="text">Plain text</option>
            <option value="html">HTML</option>
          </NativeSelect>
        )}
      </Field>
    </FormDialog>
  );
}
