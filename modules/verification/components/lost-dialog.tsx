'use client';

import { type FormEvent, useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/textarea';

const usual = [
  'Owner not interested',
  'Regulation does not allow it',
  'Numbers don’t work',
  'Sold or leased',
];

/** Asks why a card is lost, before it is. Closing puts the card back. */
export function LostDialog({
  name,
  stage,
  onConfirm,
  onCancel,
}: {
  name: string;
  stage: string;
  onConfirm: (reason: string) => void;
  onCancel: () => void;
}) {
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string | undefined>();
  function submit(event: FormEvent) {
    event.preventDefault();
    const given = reason.trim();
    if (given) onConfirm(given);
    else setError('Say why, so that the team can learn from it');
  }
  return (
    <FormDialog
      title={`Move “${name}” to ${stage}?`}
      description="Its verification ends here. The reason stays with the card."
      submitLabel={`Move to ${stage}`}
      pending={false}
      onSubmit={submit}
      onClose={onCancel}
    >
      <Field label="Reason" error={error}>
        {(control) => (
          <Textarea
            {...control}
            autoFocus
            name="reason"
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be read as a part of the form's answer */}
      <div role="group" aria-label="Usual reasons" className="flex flex-wrap gap-1.5">
        {usual.map((each) => (
          <Button key={each} variant="outline" size="sm" onClick={() => setReason(each)}>
            {each}
          </Button>
        ))}
      </div>
    </FormDialog>
  );
}
