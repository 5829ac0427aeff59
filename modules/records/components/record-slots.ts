'use client';

import { createContext, type ReactNode } from 'react';
import type { Subject } from '../domain';

/** A record that something hangs on. */
export type RecordSubject = { kind: Subject; id: string };

/**
 * What other rooms of the product put on the page and the panel of a record: a room may not import another's components,
 * so the app fills these in once, in `app/(app)/properties/record-slots.tsx`. Each answers null for records it has nothing for.
 */
export type RecordSlots = {
  /** Sections above the record's own facts. */
  facts: (subject: RecordSubject) => ReactNode;
  /** What can be done with a property that an owner owns and that is on no board yet. */
  offBoard?: (property: { id: string; name: string }) => ReactNode;
  /** What can be done with the selected rows of a list, beside its own bulk actions. */
  bulk: (kind: Subject, ids: ReadonlySet<string>) => ReactNode;
  /** What else goes with records that are to be deleted, as a sentence; null where nothing does. */
  deletionWarning: (kind: Subject, ids: readonly string[]) => Promise<string | null>;
  /** Ways to reach whoever the record is about, among its own. */
  reach?: (subject: RecordSubject) => ReactNode;
  /** What can be done with somebody who speaks for an owner, beside their name. */
  contact?: (person: { id: string; name: string }) => ReactNode;
};

/** Nothing from elsewhere, unless the app says so. */
export const RecordSlotsContext = createContext<RecordSlots>({
  facts: () => null,
  bulk: () => null,
  deletionWarning: async () => null,
});
