'use client';

import { useRef, useState } from 'react';
import { ApiError, api } from '@/lib/api-client';
import { namedTogether, otherSharers, type PointKind, type Sharers } from '@/modules/contact-points/domain';

const nouns: Record<PointKind, string> = { phone: 'number', email: 'address', linkedin: 'profile' };

/**
 * Asks who has a phone, e-mail or profile already, while it is being typed in.
 * @param self the record it is for, left out of the answer
 * @returns `words` for under the field, `error` where the value can't be one; a failed look-up says nothing
 */
export function usePointLookup(self: string | null) {
  const [answer, setAnswer] = useState<{ words: string | null; error: string | null }>({
    words: null,
    error: null,
  });
  const latest = useRef(0);

  async function ask(kind: PointKind, value: string) {
    latest.current += 1;
    const mine = latest.current;
    if (value.trim() === '') return;
    try {
      const query = new URLSearchParams({ kind, value: value.trim() });
      const { sharers } = await api<{ sharers: Sharers | null }>(
        'GET',
        `/api/contact-points/lookup?${query}`,
      );
      if (mine !== latest.current || !sharers) return;
      const others = otherSharers(sharers, self ?? '').map(({ name }) => name ?? 'somebody without a name');
      if (others.length === 0) return;
      setAnswer({
        words: `${namedTogether(others)} ${others.length === 1 ? 'has' : 'have'} this ${nouns[kind]} too. Saving shares it.`,
        error: null,
      });
    } catch (cause) {
      // saving asks again: only a wrong value is worth a word now
      const error = cause instanceof ApiError ? (cause.fields.value ?? null) : null;
      if (mine === latest.current && error) setAnswer({ words: null, error });
    }
  }

  return {
    ...answer,
    ask,
    clear: () => {
      latest.current += 1;
      setAnswer({ words: null, error: null });
    },
  };
}
