'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';

const Content = dynamic(
  () => import('./confirm-dialog-content').then((module) => module.ConfirmDialogContent),
  { ssr: false },
);

/** Props of {@link ConfirmDialog}. */
export type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The question: "Delete 3 people?" */
  title: string;
  /** What will be affected and whether it can be undone. */
  description: ReactNode;
  /** The verb: "Delete". */
  confirmLabel: string;
  cancelLabel?: string;
  destructive?: boolean;
  /** Words to type before the act is allowed, for what can't be undone. */
  typeToConfirm?: string;
  /** Does it. When it rejects, the dialog stays and shows the error's message. */
  onConfirm: () => Promise<void> | void;
};

/** Asks before an act that can't be undone. Its code is fetched when it opens. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  return props.open ? <Content {...props} /> : null;
}
