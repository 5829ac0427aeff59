'use client';

import { type ComponentType, createContext } from 'react';

/**
 * What other rooms put on the desk: a room may not import another's components, so the app fills these in, in
 * `app/(app)/calls/slots.tsx`. What is absent is left out, with its key.
 */
export type DeskSlots = {
  /** Writes a text to a number; `person` is who it is for, where one alone is behind it, `name` the number in words. */
  TextComposer?: ComponentType<{
    phoneId: string;
    person: { id: string; name: string } | null;
    name: string;
    onClose: () => void;
  }>;
};

/** Nothing from elsewhere, unless the app says so. */
export const DeskSlotsContext = createContext<DeskSlots>({});
