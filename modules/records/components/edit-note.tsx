'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/textarea';
import { api } from '@/lib/api-client';
import { messageOf } from './use-bulk';

/** Changes the text of one's own note. */
export function EditNote({
  id,
  body,
  onClose,
  onSaved,
}: {
  id: string;
  body: string;
  onClose: () => void;
  onSaved: () => void;
}) {
  const [text, setText] = useState(body);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function save() {
    if (busy || text.trim() === '') return;
    setBusy(true);
    setError(null);
    try {
      await api('PATCH', `/api/notes/${id}`, { body: text });
      onSaved();
    } catch (cause) {
      setError(messageOf(cause));
      setBusy(false);
    }
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Edit note</DialogTitle>
          <DialogDescription>The text before is kept in the audit log.</DialogDescription>
        </DialogHeader>
        <DialogBody>
          <Field label="Note" error={error ?? undefined}>
            {(control) => (
              <Textarea
                {...control}
                rows={6}
                value={text}
                maxLength={20_000}
                onChange={(event) => setText(event.target.value)}
                onKeyDown={(event) => {
                  if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void save();
                }}
              />
            )}
          </Field>
        </DialogBody>
        <DialogFooter>
          <Button variant="outline" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={busy} disabled={text.trim() === ''} onClick={() => void save()}>
            Save
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
