'use client';

import { createContext, use, useEffect, useState } from 'react';

/** ISO 3166 code of the workspace's country, in whose way numbers are written. */
export const CountryContext = createContext('US');

const american = /^\+1(\d{3})(\d{3})(\d{4})$/;
/** Those that write +1 numbers as "(212) 555-0142". */
const writesAmerican = new Set(['US', 'CA']);

/** A number as it is written at home where that needs no table of the world's numbers, else null. */
function writtenAtOnce(e164: string, country: string): string | null {
  const parts = american.exec(e164);
  return parts && writesAmerican.has(country) ? `(${parts[1]}) ${parts[2]}-${parts[3]}` : null;
}

/**
 * A number as people of the workspace's country write it. Those of other countries are put right a moment later: the
 * table of the world's numbers is in no page's first load.
 */
function usePhoneText(e164: string): string {
  const country = use(CountryContext);
  const atOnce = writtenAtOnce(e164, country);
  const [later, setLater] = useState<{ of: string; text: string } | null>(null);
  useEffect(() => {
    if (atOnce !== null) return;
    let isWanted = true;
    void import('@/lib/format-phone').then(({ formatPhone }) => {
      const text = formatPhone(e164, country as Parameters<typeof formatPhone>[1]);
      if (isWanted) setLater({ of: e164, text });
    });
    return () => {
      isWanted = false;
    };
  }, [atOnce, country, e164]);
  return atOnce ?? (later?.of === e164 ? later.text : e164);
}

/** The number in words for labels, where a hook can't be. */
export const phoneLabel = (e164: string) => writtenAtOnce(e164, 'US') ?? e164;

/** A number as text. */
export function PhoneText({ e164 }: { e164: string }) {
  return usePhoneText(e164);
}
