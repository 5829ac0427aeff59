import { Building2, KeyRound, MapPinHouse, UserRound } from 'lucide-react';
import type { PaletteSearch } from '@/components/command-palette';
import { api } from '@/lib/api-client';
import { ownerKindWords } from '@/modules/owners/domain';
import type { Found, FoundPerson } from '@/modules/search/schema';
import { organizationKinds, wordOf } from '../domain';

const joined = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join(' · ');
const place = (city: string | null, state: string | null) => [city, state].filter(Boolean).join(', ');

/** What tells a person apart: the phone or e-mail that matched comes first. */
function detailOf({ matched, value, display, title, organization, email }: FoundPerson): string {
  if (matched === 'phone') return joined(display ?? value, organization);
  if (matched === 'email') return joined(value, organization);
  return joined(organization, title ?? (organization ? null : email));
}

/** Looks records up for the command palette, grouped by kind, with why each was found. */
export const searchPalette: PaletteSearch = async (query, signal) => {
  const found = await api<Found>('GET', `/api/search?q=${encodeURIComponent(query)}`, undefined, { signal });
  return [
    {
      heading: 'Owners',
      items: found.owners.map(({ id, name, kind, city, state }) => ({
        id,
        label: name,
        detail: joined(ownerKindWords[kind], place(city, state)),
        icon: KeyRound,
        href: `/owners/${id}`,
      })),
    },
    {
      heading: 'People',
      items: found.people.map((person) => ({
        id: person.id,
        label: person.name ?? person.email ?? 'No name',
        detail: detailOf(person),
        icon: UserRound,
        href: `/people/${person.id}`,
      })),
    },
    {
      heading: 'Organizations',
      items: found.organizations.map(({ id, name, kind, city, state }) => ({
        id,
        label: name,
        detail: joined(kind && wordOf(organizationKinds, kind), place(city, state)),
        icon: Building2,
        href: `/organizations/${id}`,
      })),
    },
    {
      heading: 'Properties',
      items: found.properties.map(({ id, name, address, city, state }) => ({
        id,
        label: name,
        detail: joined(address === name ? null : address, place(city, state)),
        icon: MapPinHouse,
        href: `/properties/${id}`,
      })),
    },
  ];
};
