/** What a mail after a call is doing, as screens say it. */
import { expect, test } from 'vitest';
import { type CallFollowup, followupState } from './followup-words';

const now = Date.parse('2026-03-03T19:00:00Z');
const state = (given: Partial<CallFollowup>) =>
  followupState(
    {
      id: null,
      status: 'queued',
      via: 'gmail',
      run_at: null,
      sent_at: null,
      opened_at: null,
      replied_at: null,
      bounced_at: null,
      reason: null,
      fields: null,
      error: null,
      to: 'avery@mail.example',
      ...given,
    },
    'America/Chicago',
    now,
  );

test.each<[Partial<CallFollowup>, string, string | null]>([
  [{ status: 'planned', run_at: '2026-03-03T20:05:00Z' }, 'Goes at 2:05 pm', 'To avery@mail.example'],
  [{ run_at: '2026-03-04T15:00:00Z' }, 'Goes tomorrow at 9:00 am', 'To avery@mail.example'],
  [{ run_at: '2026-03-03T18:59:00Z' }, 'Goes now', 'To avery@mail.example'],
  [
    { run_at: '2026-03-03T18:59:00Z', reason: 'breaker_open' },
    'Waits',
    'Sending has stopped after errors of the provider, and is tried again soon.',
  ],
  [{ status: 'sent', sent_at: '2026-03-03T18:00:00Z' }, 'Sent', 'To avery@mail.example'],
  [{ status: 'sent', opened_at: '2026-03-03T18:30:00Z' }, 'Opened', 'To avery@mail.example'],
  [{ status: 'cancelled', reason: 'suppressed_unsubscribed' }, 'Not sent', 'The address has unsubscribed.'],
  [
    { status: 'cancelled', reason: 'outcome_undone' },
    'Cancelled',
    'The outcome of the call that it follows was taken back.',
  ],
  [
    { status: 'none', reason: 'missing_fields', fields: ['property_name'] },
    'Not sent',
    'Not known of this person: property name.',
  ],
])('%j', (given, words, detail) => {
  expect(state(given)).toMatchObject({ words, detail });
});

test('a call that no mail follows has nothing to say', () => {
  expect(followupState(null, 'UTC')).toBeNull();
});
