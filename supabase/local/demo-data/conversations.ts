/**
 * What the demo's colleagues said and heard. `{first}` is the person's first name, `{property}` a property of theirs (or
 * "the property"), `{city}` where it stands, `{organization}` their firm (or "their office").
 */

export type Outcome =
  | 'no_answer'
  | 'left_vm'
  | 'interested'
  | 'not_interested'
  | 'follow_up'
  | 'meeting_set'
  | 'answered'
  | 'invalid_number'
  | 'do_not_call';

export const callNotes: Readonly<Record<Outcome, readonly string[]>> = {
  no_answer: [
    'Rang out.',
    'No answer, mailbox full.',
    'Straight to a busy tone, twice.',
    'Nobody picked up at {organization}.',
  ],
  left_vm: [
    'Left a message about {property}, asked for ten minutes this week.',
    'Voicemail. Said we could take the whole building on one lease.',
    'Left word with the front desk at {organization}; they will pass it on.',
  ],
  interested: [
    'Open to a master lease on {property} if we cover turn costs. Wants numbers in writing.',
    'Said the current manager is leaving in spring, so the timing is good. Send the one-pager.',
    '{first} would rather lease than sell: the basis is low and the tax bill would hurt.',
    'Has two more buildings in {city} that could go the same way.',
  ],
  not_interested: [
    'Happy with the manager they have. Asked us not to push, fine to try again next year.',
    'Under contract to sell {property}. Closing in about sixty days.',
    'Not leasing anything for now, wants to see where rates go.',
  ],
  follow_up: [
    'In the middle of a refinance. Call again after the appraisal.',
    'Needs to speak with a sister who owns half. Try again in two weeks.',
    'Asked for references from owners in {city} before going further.',
    'Travelling until the end of the month.',
  ],
  meeting_set: [
    'Walking {property} together on Thursday morning.',
    'Video call set with {first} and their accountant.',
    'Coffee near {property} next week; bring the rent comparison.',
  ],
  answered: [
    'Short call. Confirmed that {organization} still holds {property}.',
    '{first} picked up on site, could not talk. Best before nine in the morning.',
    'Talked about vacancy: three down units since summer.',
  ],
  invalid_number: ['Not in service.', 'Wrong person: this is a dental office now.'],
  do_not_call: [
    'Asked to be taken off the list. Done.',
    'Does not want calls from anybody about the building. Marked.',
  ],
};

export const emails: readonly { subject: string; body: string }[] = [
  {
    subject: 'A master lease for {property}',
    body: 'Hi {first}, we lease whole buildings from owners in {city} on terms of five years and more: one tenant, one rent, no turnover on your side. {property} is the kind of building we do well with.\n\nWould twenty minutes next week suit you?',
  },
  {
    subject: 'Following up on {property}',
    body: 'Hi {first}, I wrote a little while ago about leasing {property} as a whole. If somebody else looks after this, I would be glad to be pointed to them.',
  },
  {
    subject: 'The numbers you asked for',
    body: 'Hi {first}, attached are the base rent, the escalator and what we would spend on the units in the first year. I kept the assumptions on one page so your accountant can take them apart.',
  },
  {
    subject: 'Owners we work with in {city}',
    body: 'Hi {first}, here are three owners who were in your place a year ago and are fine with a call. Two of them kept their own staff on.',
  },
  {
    subject: 'Opportunity zone timeline',
    body: 'Hi {first}, below is how we understand the improvement test for {property} and where the leases would have to start. Tell me where your counsel sees it differently.',
  },
];

export const replies: readonly { subject: string; body: string; sentiment: 'pos' | 'neu' | 'neg' }[] = [
  {
    subject: 'Re: A master lease for {property}',
    body: 'Interesting. What happens to my two maintenance people? Call me Tuesday.',
    sentiment: 'pos',
  },
  {
    subject: 'Re: A master lease for {property}',
    body: 'We get five of these a week. What makes yours different? Serious question.',
    sentiment: 'neu',
  },
  {
    subject: 'Re: The numbers you asked for',
    body: 'My accountant wants to see the escalator at three and a half. Otherwise close.',
    sentiment: 'pos',
  },
  {
    subject: 'Re: Following up on {property}',
    body: 'Please take me off this. We are not leasing to anyone.',
    sentiment: 'neg',
  },
  {
    subject: 'Re: Owners we work with in {city}',
    body: 'Spoke with two of them, both had good things to say. Let’s walk the building.',
    sentiment: 'pos',
  },
];

export const texts: readonly { body: string; direction: 'in' | 'out' }[] = [
  { direction: 'out', body: 'Hi {first}, we spoke about {property}. Is tomorrow at 10 still good?' },
  { direction: 'out', body: 'Running ten minutes late, parked on the north side.' },
  { direction: 'in', body: 'Tomorrow works. Use the side gate, code is at the office.' },
  { direction: 'in', body: 'In a closing, can I call you back after 3' },
  { direction: 'out', body: 'Sent the term sheet to your inbox just now, {first}.' },
];

export const linkedinMessages: readonly string[] = [
  'Connection request sent: "We lease whole communities in {city} and I would like to be on your radar."',
  '{first} accepted the connection.',
  'Wrote about {property}; they have seen it and not answered.',
];

export const meetings: readonly string[] = [
  'Walked {property} with {first}. Roofs from 2019, boilers original. Eleven units down, five of them easy.',
  'Met at {organization}. Three people in the room, {first} decides. They want an out after year three.',
  'Video call with counsel. Agreed on the insurance wording, open on the security deposit.',
  'Site visit at {property}: parking is the problem, not the units.',
];

export const personNotes: readonly string[] = [
  'Prefers texts in the morning. Spanish is fine, and welcome.',
  'Bought most of it in 2009 and has never refinanced. Low basis, no hurry.',
  'Runs the portfolio with a brother; both have to sign.',
  'Asked about our balance sheet. Send the bank letter before the next call.',
  'Turning seventy next year, children are not in the business. Talks about succession openly.',
  'Known to Marisol from the apartment association. Ask her for an introduction.',
  'Accountant is the gatekeeper. Copy them on every number.',
  'Sold a building in spring and has until February to place the money.',
];

export const propertyNotes: readonly string[] = [
  'County record shows two parcels; make sure both are in the lease.',
  'Sewer line replaced in 2022, permit is on file with the city.',
  'Rents are about twelve percent under the street.',
  'Leasing office closes at four. The after-hours line goes to an answering service.',
  'Tax bill unpaid for the second half. Worth a careful question.',
  'Certificate of occupancy expected for building C first, then A and B.',
];

export const organizationNotes: readonly string[] = [
  'Registered agent differs from the office; mail goes to the agent.',
  'Likes to co-invest, never leads. Minimum cheque two million.',
  'Decides quarterly. Next committee is the second Tuesday.',
  'Same principal stands behind at least three of these companies.',
];

export const doNotCallReasons = [
  'Asked on the phone not to be called again',
  'Written request by mail',
  'On the national registry, no relationship with us',
] as const;

export const bounceReasons = [
  '550 5.1.1 mailbox does not exist',
  '550 5.4.1 recipient address rejected',
  '552 5.2.2 mailbox is full',
] as const;
