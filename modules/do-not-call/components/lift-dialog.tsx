'use client';

import { FormDialog } from '@/components/form-dialog';
import { FormProblem } from '@/components/form-notice';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/textarea';
import { api } from '@/lib/api-client';
import { formatNumber } from '@/lib/format';
import { useApiForm } from '@/lib/use-api-form';
import type { DoNotCallRow } from '../schema';

/** Takes a number off the list: says what follows from it, and asks why. @param onDone once it is off it */
export function LiftDialog({
  row,
  onDone,
  onClose,
}: {
  row: DoNotCallRow;
  onDone: () => void;
  onClose: () => void;
}) {
  const form = useApiForm(
    (values) => api('DELETE', `/api/do-not-call/${row.id}`, values),
    () => {
      onDone();
      onClose();
    },
  );
  const [only] = row.people;
  const whom =
    row.people_count === 0 || !only
      ? 'It comes back to everybody’s list.'
      : row.people_count === 1
        ? `${only.name} can be reached at it, and it comes back to everybody’s list.`
        : `It is the number of ${formatNumber(row.people_count)} people, and comes back to everybody’s list.`;
  return (
    <FormDialog
      title={`Take ${row.display} off the list?`}
      description={`Calls and texts may go to it again. ${whom} Texts that were cancelled stay cancelled, and who has texted STOP stays opted out.`}
      submitLabel="Take off the list"
      pending={form.pending}
      onSubmit={(event) => void form.onSubmit(event)}
      onClose={onClose}
    >
      <FormProblem failure={form.failure} />
      {row.reason ? (
        <p className="text-sm">
          <span className="text-muted-foreground">It is here because: </span>
          {row.reason}
        </p>
      ) : null}
      <Field
        label="Why may it be called again?"
        error={form.errors.reason}
        help="Kept in the audit log, with your name."
      >
        {(control) => <Textarea {...control} name="reason" maxLength={500} autoFocus />}
      </Field>
    </FormDialog>
  );
}
