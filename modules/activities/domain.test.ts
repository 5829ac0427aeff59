import { describe, expect, test } from 'vitest';
import { cutPage, entryWords, type TimelineEntry } from './domain';

const entry = (id: string, at: string): TimelineEntry => ({
  id,
  at,
  kind: 'note',
  channel: null,
  direction: null,
  subject: null,
  body: null,
  outcome: null,
  sentiment: null,
  next_step_at: null,
  details: {},
  actor_id: null,
  actor: null,
  edited_at: null,
  is_mine: false,
});

describe('pages of a timeline', () => {
  test('the last page says that it is the last', () => {
    expect(cutPage([entry('a', '3'), entry('b', '2')], 2).nextBefore).toBeNull();
  });

  test('things of one instant never fall on two pages, so none is lost between them', () => {
    const page = cutPage([entry('a', '5'), entry('b', '4'), entry('c', '3'), entry('d', '3')], 3);
    expect(page.items.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(page.nextBefore).toBe('4');
  });

  test('a page of a single instant is shown and paging goes on', () => {
    const page = cutPage([entry('a', '3'), entry('b', '3'), entry('c', '3')], 2);
    expect(page.items).toHaveLength(2);
    expect(page.nextBefore).toBe('3');
  });
});

describe('what an entry says', () => {
  const words = (given: Partial<TimelineEntry>) => entryWords({ ...entry('a', '1'), ...given });

  test('the direction decides who did it', () => {
    expect(words({ kind: 'call', direction: 'out' })).toBe('called');
    expect(words({ kind: 'call', direction: 'in', actor_id: 'u' })).toBe('took a call');
  });

  test('what came in and nobody took, the other side did', () => {
    expect(words({ kind: 'sms', direction: 'in' })).toBe('texted');
    expect(words({ kind: 'call', direction: 'in', subject: 'Voicemail' })).toBe('left a voicemail');
    expect(words({ kind: 'call', direction: 'in', subject: 'Missed call' })).toBe(
      'called, and nobody took it',
    );
  });

  test('an import names its file', () => {
    expect(words({ kind: 'import', subject: 'list.csv', details: { action: 'created' } })).toBe(
      'imported this from list.csv',
    );
  });

  test('a kind nobody worded yet is still readable', () => {
    expect(words({ kind: 'portal_login' })).toBe('portal login');
  });
});
