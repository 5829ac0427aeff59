'use client';

import { createContext } from 'react';

/** The id of the person at the screen; set by the shell. Null outside of it. */
export const CurrentUserContext = createContext<string | null>(null);
