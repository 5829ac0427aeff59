/** The words of the demo's campaigns, and what becomes of each recipient. */
import type { Section } from '@/modules/campaigns/schema';

/** An e-mail of a demo campaign; `edges` lead to others by their place in the list. */
export type DemoStep = {
  name: string;
  subjects: string[];
  sections: Pick<Section, 'kind' | 'content'>[];
  edges: { to: number; days: number; condition: 'no_reply' | 'opened' }[];
};

/** The domains that send, with how many days ago their warm-up began; null: they are warm. */
export const demoDomains: readonly { domain: string; warmup_days_ago: number | null }[] = [
  { domain: 'northgate-homes.example', warmup_days_ago: null },
  { domain: 'northgate-living.example', warmup_days_ago: null },
  { domain: 'meet-northgate.example', warmup_days_ago: 6 },
];

/** The first recipient whose mails go from the youngest domain too: those before were written to before it was there. */
export const demoYoungFrom = 20;

/** Whom the mails are from. */
export const demoSender = {
  name: 'Marisol Vega',
  local_part: 'marisol',
  signature: 'Marisol Vega\nNorthgate Homes',
  postal_address: 'Northgate Homes, 400 Congress Avenue, Austin, TX 78701',
} as const;
/** The mailbox that their replies come to. */
export const demoMailbox = 'marisol@northgate-inbox.example';

/** The sequence that is under way. */
export const demoSequence: readonly DemoStep[] = [
  {
    name: 'Introduction',
    subjects: [
      'A master lease for {{ property_name | default: "your building" }}?',
      'One tenant instead of many, {{ first_name | default: "a question" }}',
    ],
    sections: [
      {
        kind: 'fixed',
        content:
          'Hi {{ first_name | default: "there" }},\n\nmy team takes whole buildings on master leases: one tenant, rent from the first day, the keys stay with you. {% if property_name %}{{ property_name }} looks like a good fit.{% else %}One of yours might be a good fit.{% endif %}\n\nWould ten minutes next week suit you?',
      },
    ],
    edges: [{ to: 1, days: 4, condition: 'no_reply' }],
  },
  {
    name: 'What it looks like',
    subjects: [''],
    sections: [
      {
        kind: 'fixed',
        content:
          'Hi {{ first_name | default: "there" }},\n\nin case it helps, this is how it went for an owner in {{ city | default: "Texas" }}: 84 units, leased in one piece for five years, no vacancy since.\n\nI am glad to send the numbers. Shall I?',
      },
    ],
    edges: [{ to: 2, days: 5, condition: 'no_reply' }],
  },
  {
    name: 'Last one from me',
    subjects: [''],
    sections: [
      {
        kind: 'fixed',
        content:
          'Hi {{ first_name | default: "there" }},\n\nI don’t want to fill your inbox, so this is the last one from me. If a master lease is ever of interest, a word is enough.\n\nAll the best for this year.',
      },
    ],
    edges: [],
  },
];

/** The draft beside it: its middle part is the model's. */
export const demoDraft: readonly DemoStep[] = [
  {
    name: 'First e-mail',
    subjects: ['Opportunity zones in {{ market | default: "your market" }}'],
    sections: [
      { kind: 'fixed', content: 'Hi {{ first_name | default: "there" }},' },
      {
        kind: 'ai',
        content:
          'Two or three sentences on why {{ company | default: "an investor" }} might look at opportunity zones in {{ market | default: "the Sun Belt" }}. End with one question.',
      },
    ],
    edges: [],
  },
];

/** How many recipients the sequence has, and how many of their first mails are still to go when the demo begins. */
export const demoRecipients = 42;
export const demoWaiting = 9;
export const demoDraftRecipients = 14;

/** What a recipient does, by their place in the list: decided, so that a demo begun anew tells the same. */
export type DemoFate = {
  /** After which of their mails, counted from 0; null: after none. */
  repliesTo: number | null;
  bounces: boolean;
  unsubscribesFrom: number | null;
  opens: boolean;
  clicks: boolean;
};
export function demoFate(place: number): DemoFate {
  return {
    repliesTo: [3, 15, 24].includes(place) ? 0 : place === 8 ? 1 : null,
    bounces: place === 11,
    unsubscribesFrom: place === 19 ? 0 : null,
    opens: [0, 2, 3].includes(place % 5),
    clicks: place % 10 === 2,
  };
}

/** What they answer. */
export const demoReplies: readonly string[] = [
  'Thanks for writing. We are open to it in principle: can you send me two references and your usual terms?',
  'Not before the refinancing is through in spring. Write again then, please.',
  'Call me on Thursday afternoon, I have half an hour after three.',
  'We just signed with a manager, so it is a no for this year.',
];
