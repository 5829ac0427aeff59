import type { ListDefinition } from '@/modules/records/domain';

/** What an owner is: one person, a company that holds property, or one that manages it for others. */
export const ownerKinds = ['individual', 'llc', 'pm_company'] as const;
export type OwnerKind = (typeof ownerKinds)[number];

export const ownerKindWords: Readonly<Record<OwnerKind, string>> = {
  individual: 'Individual',
  llc: 'LLC',
  pm_company: 'PM company',
};

/** What somebody who speaks for an owner is to it. */
export const contactRoles = ['owner', 'pm', 'assistant', 'broker'] as const;

export const contactRoleWords: Readonly<Record<string, string>> = {
  owner: 'Owner',
  pm: 'Property manager',
  assistant: 'Assistant',
  broker: 'Broker',
};

/** How somebody likes to be reached. */
export const preferredChannels = ['phone', 'sms', 'email', 'in_app'] as const;

export const preferredChannelWords: Readonly<Record<string, string>> = {
  phone: 'Phone',
  sms: 'SMS',
  email: 'E-mail',
  in_app: 'In app',
};

export const nextStepWords: Readonly<Record<string, string>> = {
  overdue: 'Overdue',
  today: 'Due by today',
  week: 'Within a week',
  none: 'None planned',
};

export const contactedWords: Readonly<Record<string, string>> = {
  '30d': 'In the last 30 days',
  earlier: 'Longer ago',
  never: 'Never',
};

/** The owners list as page, API and saved views know it. */
export const ownersList: ListDefinition = {
  entity: 'owners',
  sorts: ['name', 'next_step', 'last_activity', 'created'],
  filters: {
    next_step: { kind: 'choice', values: ['overdue', 'today', 'week', 'none'] },
    contacted: { kind: 'choice', values: ['30d', 'earlier', 'never'] },
    kind: { kind: 'choice', values: ownerKinds },
    has_card: { kind: 'presence' },
    has_property: { kind: 'presence' },
    tags: { kind: 'choice' },
    assigned_to: { kind: 'member' },
  },
};

/**
 * How a person's name splits when somebody types it in one field: the last word is the last name. Lists are read with more
 * care; what a person types stays as they typed it.
 */
export function typedName(name: string): { first_name: string; last_name: string | null } {
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? (words.pop() ?? null) : null;
  return { first_name: words.join(' '), last_name: last };
}
