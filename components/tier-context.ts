'use client';

import { createContext } from 'react';
import type { Tier } from '@/lib/tiers';

/** The tier of the workspace on the screen; set by the shell, which every page loads: the features' words stay out of here. */
export const TierContext = createContext<Tier>('beta');
