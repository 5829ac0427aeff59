'use client';

import { useId, useState } from 'react';
import { Button } from './ui/button';
import {
  Dialog,
  DialogBody,
  DialogClose,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from './ui/dialog';
import { Field } from './ui/field';
import { Input } from './ui/input';
import { Label } from './ui/label';
import { Switch } from './ui/switch';
import type { ViewNaming } from './view-tabs';

const MAX_NAME_LENGTH = 60;

/** Names a view and says who sees it. Loaded when it opens. */
export function SaveViewDialog({
  title,
  description,
  initial,
  onSave,
  onClose,
}: {
  title: string;
  description: string;
  initial: ViewNaming;
  onSave: (naming: ViewNaming) => Promise<void>;
  onClose: () => void;
}) {
  const [name, setName] = useState(initial.name);
  const [isShared, setIsShared] = useState(initial.isShared);
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const sharedId = useId();

  async function save() {
    const trimmed = name.trim();
    if (!trimmed) {
      setError('Give the view a name.');
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await onSave({ name: trimmed, isShared });
      onClose();
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : 'The view was not saved.');
      setBusy(false);
    }
  }

  return (
    <Dialog open onOpenChange={(open) => !open && !busy && onClose()}>
      <DialogContent className="max-w-sm">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <DialogHeader>
            <DialogTitle>{title}</DialogTitle>
            <DialogDescription>{description}</DialogDescription>
          </DialogHeader>
          <DialogBody className="grid gap-4">
            <Field label="Name" error={error}>
              {(control) => (
                <Input
                  {...control}
                  autoFocus
                  maxLength={MAX_NAME_LENGTH}
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                />
              )}
            </Field>
            <div className="flex items-center justify-between gap-3">
              <Label htmlFor={sharedId}>Share with the workspace</Label>
              <Switch id={sharedId} checked={isShared} onCheckedChange={setIsShared} />
            </div>
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button variant="outline">Cancel</Button>
            </DialogClose>
            <Button type="submit" loading={busy}>
              Save
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
