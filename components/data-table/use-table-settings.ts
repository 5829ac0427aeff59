'use client';

import { useCallback, useEffect, useState } from 'react';
import type { Density } from './types';

/** What a person set up for one table in this browser. */
export type TableSettings = { sizes: Record<string, number>; density: Density; hidden: string[] };

const DEFAULTS: TableSettings = { sizes: {}, density: 'default', hidden: [] };

/** Reads what was stored, keeping only what has the right shape: anything may be in a browser's storage. */
function parse(text: string | null): TableSettings {
  if (!text) return DEFAULTS;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return DEFAULTS;
    const { sizes, density, hidden } = value as Record<string, unknown>;
    return {
      sizes:
        typeof sizes === 'object' && sizes !== null
          ? Object.fromEntries(Object.entries(sizes).filter(([, size]) => Number.isFinite(size)))
          : {},
      density: density === 'compact' ? 'compact' : 'default',
      hidden: Array.isArray(hidden) ? hidden.filter((id) => typeof id === 'string') : [],
    };
  } catch {
    return DEFAULTS;
  }
}

/**
 * Column widths, density and hidden columns of one table, kept in this browser's storage.
 * The server does not know them, so they apply right after hydration.
 * @param id the table's name
 * @returns the settings and a function that changes some of them
 */
export function useTableSettings(id: string): [TableSettings, (change: Partial<TableSettings>) => void] {
  const key = `freehold-table:${id}`;
  const [settings, setSettings] = useState(DEFAULTS);

  useEffect(() => {
    try {
      setSettings(parse(localStorage.getItem(key)));
    } catch {
      // Storage can be forbidden; the table then simply forgets.
    }
  }, [key]);

  const update = useCallback(
    (change: Partial<TableSettings>) => {
      setSettings((current) => {
        const next = { ...current, ...change };
        try {
          localStorage.setItem(key, JSON.stringify(next));
        } catch {
          // As above.
        }
        return next;
      });
    },
    [key],
  );
  return [settings, update];
}
