import { type ListDefinition, organizationKinds } from '@/modules/records/domain';

/** How we stand with an organization. */
export const organizationStatuses = ['active', 'blocked', 'do_not_contact'] as const;
export type OrganizationStatus = (typeof organizationStatuses)[number];

export const organizationStatusWords: Record<OrganizationStatus, string> = {
  active: 'Active',
  blocked: 'Blocked',
  do_not_contact: 'Do not contact',
};

/** Family offices come as one family's own or as one for several; other categories are kept as they are written. */
export const categoryWords: Readonly<Record<string, string>> = {
  SFO: 'Single family',
  MFO: 'Multi family',
};

/** The organizations list as page, API and saved views know it. */
export const organizationsList: ListDefinition = {
  entity: 'organizations',
  sorts: ['name', 'last_activity', 'created'],
  filters: {
    kind: { kind: 'choice', values: Object.keys(organizationKinds) },
    status: { kind: 'choice', values: organizationStatuses },
    category: { kind: 'choice' },
    tags: { kind: 'choice' },
    has_email: { kind: 'presence' },
    has_phone: { kind: 'presence' },
    state: { kind: 'choice' },
    city: { kind: 'choice' },
    sources: { kind: 'choice' },
    assigned_to: { kind: 'member' },
  },
};
