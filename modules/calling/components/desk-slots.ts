'use client';

import { type ComponentType, createContext } from 'react';

/**
 * What other rooms put on the desk: a room may not import another's components, so the app fills these in, in
 * `app/(app)/calls/slots.tsx`. What is absent is left out, with its key.
 */
export type DeskSlots = {
  /** Writes a text to a number; `personId` is who it is for, where that is known. */
  TextComposer?: ComponentType<{ phoneId: string; personId: string | null; onClose: () => void }>;
  /** Buttons beside a person behind the number. */
  PersonActions?: ComponentType<{ personId: string; name: string }>;
};

/** Nothing from elsewhere, unless the app says so. */
export const DeskSlotsContext = createContext<DeskSlots>({});
