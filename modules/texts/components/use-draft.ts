'use client';

import { useEffect, useState } from 'react';

/**
 * What is being written, kept in this tab's storage until it is sent: closing loses nothing.
 * @param key names the draft, such as `text:<phone>`
 */
export function useTextDraft(key: string): [string, (next: string) => void] {
  const storageKey = `freehold-draft:${key}`;
  const [text, setText] = useState('');
  useEffect(() => {
    try {
      setText(sessionStorage.getItem(storageKey) ?? '');
    } catch {
      // storage can be forbidden: then there are no drafts
    }
  }, [storageKey]);
  function change(next: string) {
    setText(next);
    try {
      if (next) sessionStorage.setItem(storageKey, next);
      else sessionStorage.removeItem(storageKey);
    } catch {
      // as above
    }
  }
  return [text, change];
}
