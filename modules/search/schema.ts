import { z } from 'zod';
import type { OwnerKind } from '@/modules/owners/domain';

/** The query of the global search. `limit` counts for each kind of record. */
export const searchQuery = z.strictObject({
  q: z.string().trim().min(1, 'Say what to look for').max(200, 'At most 200 characters'),
  limit: z.coerce.number('A number').int().min(1, 'At least 1').max(50, 'At most 50').default(8),
});

/** A person found: `matched` says by what, `value` which phone, e-mail or organization it was. */
export type FoundPerson = {
  id: string;
  name: string | null;
  title: string | null;
  organization: string | null;
  email: string | null;
  matched: 'name' | 'email' | 'phone' | 'organization';
  value: string | null;
  /** A phone as the workspace's country writes it. */
  display?: string;
};
export type FoundOrganization = {
  id: string;
  name: string;
  kind: string | null;
  city: string | null;
  state: string | null;
};
export type FoundProperty = {
  id: string;
  name: string;
  address: string | null;
  city: string | null;
  state: string | null;
};
export type FoundOwner = {
  id: string;
  name: string;
  kind: OwnerKind;
  city: string | null;
  state: string | null;
};
/** What a search found, the best first within each kind. */
export type Found = {
  people: FoundPerson[];
  organizations: FoundOrganization[];
  properties: FoundProperty[];
  owners: FoundOwner[];
};
