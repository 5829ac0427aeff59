/** What the demo's colleagues are doing with owners these days: who speaks for them, what comes next, what was written. */

/** A last word with an owner, with the next step it led to. Days are counted from now. */
export const nextSteps: readonly {
  channel: 'call' | 'email' | 'sms';
  outcome: string;
  sentiment: 'pos' | 'neu' | 'neg';
  subject: string | null;
  body: string;
  daysAgo: number;
  stepInDays: number;
}[] = [
  {
    channel: 'call',
    outcome: 'interested',
    sentiment: 'pos',
    subject: null,
    body: 'Would lease the whole building if we take the turn costs. Wants the numbers on one page before the partners meet.',
    daysAgo: 3.2,
    stepInDays: -0.9,
  },
  {
    channel: 'email',
    outcome: 'follow_up',
    sentiment: 'neu',
    subject: 'Following up — corporate lease proposal',
    body: 'Sent the proposal again with the shorter term. Promised to call once they have read it.',
    daysAgo: 4.1,
    stepInDays: -0.3,
  },
  {
    channel: 'call',
    outcome: 'left_vm',
    sentiment: 'neu',
    subject: null,
    body: 'Voicemail with the front desk. They are back in the office in the afternoon.',
    daysAgo: 0.9,
    stepInDays: 0.2,
  },
  {
    channel: 'sms',
    outcome: 'follow_up',
    sentiment: 'pos',
    subject: null,
    body: 'Asked for two references from owners nearby.',
    daysAgo: 1.4,
    stepInDays: 0.35,
  },
  {
    channel: 'call',
    outcome: 'meeting_set',
    sentiment: 'pos',
    subject: null,
    body: 'Walk-through agreed, the site manager has the keys.',
    daysAgo: 2.3,
    stepInDays: 2,
  },
  {
    channel: 'email',
    outcome: 'follow_up',
    sentiment: 'neu',
    subject: 'Intro — Sublease-friendly lease request',
    body: 'First letter. Their assistant answered that it was passed on.',
    daysAgo: 2.8,
    stepInDays: 3,
  },
  {
    channel: 'call',
    outcome: 'no_answer',
    sentiment: 'neu',
    subject: null,
    body: 'Rang out twice, morning and noon.',
    daysAgo: 0.4,
    stepInDays: 1,
  },
  {
    channel: 'email',
    outcome: 'interested',
    sentiment: 'pos',
    subject: 'Approved — next steps',
    body: 'Addendum and certificate of insurance are with their lawyer.',
    daysAgo: 1.1,
    stepInDays: 6,
  },
];

/** Conversations with owners, the oldest line first. */
export const threads: readonly { from: 'out' | 'in'; body: string }[][] = [
  [
    {
      from: 'out',
      body: 'Good morning. The draft of the master lease is ready. Shall I send it here or to your lawyer?',
    },
    { from: 'in', body: 'Here is fine, I will pass it on. What did you put in for the elevator?' },
    {
      from: 'out',
      body: 'We take the service contract over from day one, the replacement reserve stays with you. Section 7.',
    },
    { from: 'in', body: 'That works. Give me until Thursday.' },
  ],
  [
    { from: 'out', body: 'Thank you for the walk-through. Could you send the last two years of insurance?' },
    {
      from: 'in',
      body: 'My office will. Three units need new windows before anybody moves in, you saw them.',
    },
    { from: 'out', body: 'Noted: 204, 311 and 312. We would take them on against two months of rent.' },
  ],
  [
    {
      from: 'out',
      body: 'Hello. We lease whole buildings nearby. Is this the right place to ask about yours?',
    },
  ],
];
