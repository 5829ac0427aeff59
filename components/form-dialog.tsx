'use client';

import { type FormEvent, type ReactNode, useCallback, useRef, useState } from 'react';
import { ConfirmDialog } from './confirm-dialog';
import { Button } from './ui/button';
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from './ui/dialog';

const fieldsOf = (form: HTMLFormElement) => JSON.stringify([...new FormData(form)]);

/**
 * A form in a dialog: labels above, Cancel and the primary at the foot, Cmd/Ctrl-Enter sends. Closing it asks first where
 * something was typed. Load it with `next/dynamic`.
 * @param dirty whether something was changed that is no field of the form, such as picked tags
 * @param pending while the form is being sent
 */
export function FormDialog({
  title,
  description,
  submitLabel,
  dirty = false,
  pending,
  onSubmit,
  onClose,
  children,
}: {
  title: string;
  description?: string;
  submitLabel: string;
  dirty?: boolean;
  pending: boolean;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const form = useRef<HTMLFormElement>(null);
  const opened = useRef<string | null>(null);
  const [asking, setAsking] = useState(false);
  // the dialog's content is mounted after this component: what the form holds at first is read when it is there
  const attach = useCallback((node: HTMLFormElement | null) => {
    form.current = node;
    if (node) opened.current ??= fieldsOf(node);
  }, []);

  function close() {
    if (pending) return;
    const isTyped = form.current !== null && fieldsOf(form.current) !== opened.current;
    if (dirty || isTyped) setAsking(true);
    else onClose();
  }

  return (
    <>
      <Dialog open onOpenChange={(open) => !open && close()}>
        <DialogContent {...(description === undefined && { 'aria-describedby': undefined })}>
          <form
            ref={attach}
            noValidate
            className="flex min-h-0 flex-1 flex-col"
            onSubmit={onSubmit}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.metaKey || event.ctrlKey))
                event.currentTarget.requestSubmit();
            }}
          >
            <DialogHeader>
              <DialogTitle>{title}</DialogTitle>
              {description ? <DialogDescription>{description}</DialogDescription> : null}
            </DialogHeader>
            <DialogBody className="grid content-start gap-4 pt-1">{children}</DialogBody>
            <DialogFooter>
              <Button variant="outline" onClick={close}>
                Cancel
              </Button>
              <Button type="submit" loading={pending}>
                {submitLabel}
              </Button>
            </DialogFooter>
          </form>
        </DialogContent>
      </Dialog>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Close without saving?"
        description="What you typed here is lost."
        confirmLabel="Discard"
        cancelLabel="Keep editing"
        destructive
        onConfirm={onClose}
      />
    </>
  );
}
