'use client';

import { type FormEvent, useState } from 'react';
import { FormDialog } from '@/components/form-dialog';
import { MultiSelect } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import type { Option } from '@/components/ui/option-list';
import { loadRecords } from '@/modules/records/components/load-records';
import { useAddToBoard } from './add-to-board';

/** Finds properties and puts them on the board that is open. */
export function AddCardsDialog({
  pipeline,
  onClose,
}: {
  pipeline: { id: string; name: string };
  onClose: () => void;
}) {
  const add = useAddToBoard();
  const [chosen, setChosen] = useState<string[]>([]);
  const [labels, setLabels] = useState<Record<string, string>>({});
  const [error, setError] = useState<string | undefined>();
  const [pending, setPending] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (chosen.length === 0) {
      setError('Choose at least one property');
      return;
    }
    setPending(true);
    const done = await add(chosen, pipeline.id);
    setPending(false);
    if (done) onClose();
  }
  const load = async (query: string, signal: AbortSignal): Promise<readonly Option[]> => {
    const found = await loadRecords.properties(query, signal);
    setLabels((known) => ({
      ...known,
      ...Object.fromEntries(found.map(({ value, label }) => [value, label])),
    }));
    return found;
  };
  const [loadOptions] = useState(() => load);

  return (
    <FormDialog
      title="Add properties"
      description={`They start at the top of the first stage of ${pipeline.name}.`}
      submitLabel="Add to board"
      dirty={chosen.length > 0}
      pending={pending}
      onSubmit={(event) => void submit(event)}
      onClose={onClose}
    >
      <Field
        label="Properties"
        error={error}
        help="Many at once: select them in the list of properties, then press Add to board."
      >
        {(control) => (
          <MultiSelect
            {...control}
            aria-label="Properties"
            placeholder="Find by name or address"
            searchPlaceholder="Type a name or an address"
            loadOptions={loadOptions}
            labels={labels}
            value={chosen}
            onChange={setChosen}
          />
        )}
      </Field>
    </FormDialog>
  );
}
