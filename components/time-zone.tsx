'use client';

import { createContext } from 'react';

/** IANA zone in which times are shown to the person at the screen; set by the shell. */
export const TimeZoneContext = createContext('UTC');
