'use client';

import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useShortcut } from '@/components/shortcuts';
import type { LoggedKind } from '@/modules/activities/domain';
import type { OutreachChannel } from '@/modules/outreach/domain';
import type { Subject } from '../domain';
import type { RecordPart } from './detail-layout';
import { useOutreach } from './use-outreach';

/** What has a form of its own on the timeline; an outreach has the composer. */
export type FormKind = Extract<LoggedKind, 'linkedin' | 'meeting' | 'visit'>;

/** What is being written on a record, and how to begin. */
export type RecordStoryState = {
  /** Stands around the timeline, so that its note field can be found. */
  frame: RefObject<HTMLDivElement | null>;
  logging: FormKind | null;
  setLogging: (kind: FormKind | null) => void;
  /** Opens the form for a meeting, a visit and so on. */
  log: (kind: FormKind) => void;
  /** Opens the composer, on a channel or on the one that is preferred. */
  reach: (channel?: OutreachChannel) => void;
  /** The composer, while it is open. */
  composer: ReactNode;
  /** Puts the cursor into the note field. */
  startNote: () => void;
  /** Which part a panel shows; a page shows both. */
  part: RecordPart;
  setPart: (part: RecordPart) => void;
};

/**
 * Writing on a record: notes, outreach and what else is logged by hand. Binds the keys of its page: `e` edit, `n` note,
 * `l` log outreach.
 * @param one "person", for the map of keys
 * @param isLive false for a deleted record, on which nothing is written
 */
export function useRecordStory(
  one: Subject,
  id: string,
  isLive: boolean,
  onEdit: () => void,
): RecordStoryState {
  const [logging, setLogging] = useState<FormKind | null>(null);
  const [part, setPart] = useState<RecordPart>('story');
  const frame = useRef<HTMLDivElement>(null);

  const log = (kind: FormKind) => {
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
  const { log: reach, composer } = useOutreach({ kind: one, id }, here);
  useShortcut('e', `Edit the ${one}`, onEdit, here);
  useShortcut('n', 'Write a note', startNote, here);

  return { frame, logging, setLogging, log, reach, composer, startNote, part, setPart };
}
