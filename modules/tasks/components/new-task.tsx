'use client';

import { use, useState } from 'react';
import { CurrentUserContext } from '@/components/current-user';
import { Combobox } from '@/components/ui/combobox';
import { Dialog, DialogContent, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { loadAnyRecord, readAnyRecord } from '@/modules/records/components/load-records';
import type { WorkSubject } from '../domain';
import { TaskForm } from './task-form';
import type { Assignee, TaskDraft } from './use-tasks';

/**
 * A task from nowhere in particular: what it is about is found by typing.
 * @param onAdd rejects with the reason; what was typed stays
 */
export function NewTask({
  assignees,
  onAdd,
  onClose,
}: {
  assignees: readonly Assignee[];
  onAdd: (about: WorkSubject & { name: string }, draft: TaskDraft) => Promise<void>;
  onClose: () => void;
}) {
  const me = use(CurrentUserContext);
  const [about, setAbout] = useState<{ value: string; label: string } | null>(null);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent aria-describedby={undefined}>
        <DialogHeader>
          <DialogTitle>New task</DialogTitle>
        </DialogHeader>
        <div className="overflow-y-auto px-5 pb-4">
          <TaskForm
            label="New task"
            saveLabel="Add task"
            className="border-0 p-0"
            start={{ title: '', due_at: null, priority: 'normal', assigned_to: me }}
            assignees={assignees}
            isReady={about !== null}
            about={
              <Field
                label="About"
                help="An owner, a person, an organization or a property: the task shows there too."
              >
                {(control) => (
                  <Combobox
                    {...control}
                    value={about?.value ?? null}
                    valueLabel={about?.label}
                    placeholder="Find a record"
                    searchPlaceholder="A name, e-mail, phone or address"
                    loadOptions={loadAnyRecord}
                    onChange={(_, option) => setAbout(option)}
                  />
                )}
              </Field>
            }
            onClose={onClose}
            onSave={async (draft) => {
              if (about) await onAdd({ ...readAnyRecord(about.value), name: about.label }, draft);
            }}
          />
        </div>
      </DialogContent>
    </Dialog>
  );
}
