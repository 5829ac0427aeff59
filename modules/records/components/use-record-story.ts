'use client';

import { type RefObject, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useShortcut } from '@/components/shortcuts';
import type { LoggedKind } from '@/modules/activities/domain';
import type { RecordPart } from './detail-layout';

/** What is being written on a record, and how to begin. */
export type RecordStoryState = {
  /** Stands around the timeline, so that its note field can be found. */
  frame: RefObject<HTMLDivElement | null>;
  logging: LoggedKind | null;
  setLogging: (kind: LoggedKind | null) => void;
  /** Opens the form for a call, an e-mail and so on. */
  log: (kind: LoggedKind) => void;
  /** Puts the cursor into the note field. */
  startNote: () => void;
  /** Which part a panel shows; a page shows both. */
  part: RecordPart;
  setPart: (part: RecordPart) => void;
};

/**
 * Writing on a record: notes and what is logged by hand. Binds the keys of its page: `e` edit, `n` note, `l` log a call.
 * @param one "person", for the map of keys
 * @param isLive false for a deleted record, on which nothing is written
 */
export function useRecordStory(one: string, isLive: boolean, onEdit: () => void): RecordStoryState {
  const [logging, setLogging] = useState<LoggedKind | null>(null);
  const [part, setPart] = useState<RecordPart>('story');
  const frame = useRef<HTMLDivElement>(null);

  const log = (kind: LoggedKind) => {
    setPart('story');
    setLogging(kind);
  };
  const startNote = () => {
    // at once: the keys pressed next belong to the note, not to the page
    flushSync(() => {
      setPart('story');
      setLogging(null);
    });
    frame.current?.querySelector('textarea')?.focus();
  };
  const here = { group: `${one.charAt(0).toUpperCase()}${one.slice(1)}`, enabled: isLive };
  useShortcut('e', `Edit the ${one}`, onEdit, here);
  useShortcut('n', 'Write a note', startNote, here);
  useShortcut('l', 'Log a call', () => log('call'), here);

  return { frame, logging, setLogging, log, startNote, part, setPart };
}
