import { type ListDefinition, organizationKinds } from '@/modules/records/domain';

/** How far a person has come, in the order a lead goes. */
export const leadStatuses = ['new', 'warm', 'hot', 'customer', 'lost', 'do_not_contact'] as const;
export type LeadStatus = (typeof leadStatuses)[number];

export const leadStatusWords: Record<LeadStatus, string> = {
  new: 'New',
  warm: 'Warm',
  hot: 'Hot',
  customer: 'Customer',
  lost: 'Lost',
  do_not_contact: 'Do not contact',
};

/** What somebody is in the market. Lists may bring other words; they are kept and shown as they are. */
export const contactTypeWords: Readonly<Record<string, string>> = {
  developer: 'Developer',
  investor: 'Investor',
  fund: 'Fund',
  owner: 'Owner',
  family_office: 'Family office',
  broker: 'Broker',
  lender: 'Lender',
};

/** The people list as page, API and saved views know it. */
export const peopleList: ListDefinition = {
  entity: 'people',
  sorts: ['name', 'last_activity', 'created'],
  filters: {
    lead_status: { kind: 'choice', values: leadStatuses },
    organization_kind: { kind: 'choice', values: Object.keys(organizationKinds) },
    tags: { kind: 'choice' },
    has_email: { kind: 'presence' },
    has_phone: { kind: 'presence' },
    has_linkedin: { kind: 'presence' },
    state: { kind: 'choice' },
    city: { kind: 'choice' },
    sources: { kind: 'choice' },
    contact_types: { kind: 'choice' },
    assigned_to: { kind: 'member' },
  },
};

/** What a person without a name is called. */
export const nameless = 'No name';

/** What a person is called: the name, else the first e-mail or phone. */
export function personName(person: {
  display_name: string | null;
  emails: readonly { address: string }[];
  phones: readonly { display: string }[];
}): string {
  return person.display_name ?? person.emails[0]?.address ?? person.phones[0]?.display ?? nameless;
}
