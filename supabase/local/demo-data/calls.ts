/** The words of the demo's calls, texts and the mails that follow them. */

/** Numbers that the emulated account has, as the workspace uses them. */
export const demoNumbers = [
  { e164: '+15125550190', label: 'Acquisitions', features: ['sms', 'voice'], is_default_sender: true },
  { e164: '+13125550191', label: 'Chicago', features: ['sms', 'voice'], is_default_sender: false },
] as const;

/** What follows an outcome. */
export const demoFollowups = [
  {
    outcome: 'no_answer',
    name: 'After a missed call',
    subject: 'I tried to reach you about {{ property_name | default: "your property" }}',
    body: 'Hi {{ first_name | default: "there" }},\n\nI called a moment ago and missed you. We lease whole buildings for vetted mid-term professionals, and I would like to hear what you plan for {{ property_name | default: "yours" }}.\n\nWhen is a good time for ten minutes?',
    delay_minutes: 5,
  },
  {
    outcome: 'pending_signup',
    name: 'Your sign-up',
    subject: 'As promised: the next steps',
    body: 'Hi {{ first_name | default: "there" }},\n\nThank you for the time on the phone. Attached to your file is what we spoke about; the lease is ready for your signature whenever you are.\n\nCall me with any question.',
    delay_minutes: 2,
  },
  {
    outcome: 'invalid_number',
    name: 'Wrong number',
    subject: 'Is this still your number?',
    body: 'Hi {{ first_name | default: "there" }},\n\nthe number that we have for you seems to be out of service. Which one reaches you?',
    delay_minutes: 10,
  },
] as const;

/** What callers write down, by what the call came to. */
export const demoCallNotes: Readonly<Record<string, readonly string[]>> = {
  answered: [
    'Owns it with her brother. Wants the numbers by mail first.',
    'Two units are empty since June. Open to a corporate lease.',
    'Asked who our tenants are. Told him of the hospital contract.',
  ],
  follow_up: [
    'In a meeting. Said to call back then.',
    'Talks to the partner tonight.',
    'Wants to see the draft lease before we speak again.',
  ],
  pending_signup: ['Ready to sign. Needs the addendum on pets.', 'Agreed on 18 months. Paper is out.'],
  rejected: ['Sold in the spring.', 'Does not lease to companies.'],
  closed: ['Signed with us on the phone.'],
  left_vm: ['Said who we are and when we call again.'],
};

/** What owners write back, and what they had been asked. */
export const demoTexts: readonly { out: string; in: string }[] = [
  {
    out: 'This is Alex of Northgate Homes. Is now a bad time to talk about your building?',
    in: 'Tomorrow after 10 works.',
  },
  { out: 'I sent the draft lease by mail. Did it reach you?', in: 'Got it, reading tonight. Thanks' },
  { out: 'May I call you at 3 pm about the two empty units?', in: 'Yes, use this number' },
  { out: 'Following up on our call: which day suits you to sign?', in: 'Thursday. What do I need to bring?' },
  {
    out: 'Hello, we lease whole buildings for professionals. Worth ten minutes?',
    in: 'Who is this and how did you get my number?',
  },
];
