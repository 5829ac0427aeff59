'use client';

import { useEffect, useState } from 'react';
import { maxSegments, tooLongSentence } from '../domain';
import type { Segments } from '../segments';

type Count = typeof import('../segments').segmentsOf;

/** Two septets each in GSM-7 (3GPP TS 23.038, 6.2.1.1). */
const extended = /[\f^{}\\[~\]|€]/g;

/** How a text is counted, once its code is there: `words` such as "2 segments, 183 of 306". */
export function useSegments(text: string): (Segments & { words: string; tooLong: string | null }) | null {
  const [count, setCount] = useState<{ of: Count } | null>(null);
  useEffect(() => {
    let isGone = false;
    void import('../segments').then(({ segmentsOf }) => {
      if (!isGone) setCount({ of: segmentsOf });
    });
    return () => {
      isGone = true;
    };
  }, []);
  if (!count || text === '') return null;
  const counted = count.of(text);
  const { segments, encoding } = counted;
  const isGsm = encoding === 'GSM-7';
  const [alone, each] = isGsm ? [160, 153] : [70, 67];
  const room = segments <= 1 ? alone : segments * each;
  const used = isGsm ? counted.characters + (text.match(extended)?.length ?? 0) : text.length;
  return {
    ...counted,
    words: `${segments} ${segments === 1 ? 'segment' : 'segments'}, ${used} of ${room}`,
    tooLong: segments > maxSegments ? tooLongSentence(segments) : null,
  };
}
