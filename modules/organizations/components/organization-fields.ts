import type { FormField } from '@/modules/records/components/record-form';
import { optionsOf, organizationKinds } from '@/modules/records/domain';

/** What is asked of every organization. */
export const mainFields: readonly FormField[] = [
  { name: 'name', label: 'Name', isWide: true },
  { name: 'kind', label: 'Kind', options: optionsOf(organizationKinds) },
  { name: 'category', label: 'Category', placeholder: 'SFO, MFO' },
  { name: 'website', label: 'Website', placeholder: 'company.example', isWide: true },
];

export const placeFields: readonly FormField[] = [
  { name: 'city', label: 'City' },
  { name: 'state', label: 'State', placeholder: 'TX' },
];

export const moreFields: readonly FormField[] = [
  { name: 'address', label: 'Address', isWide: true },
  { name: 'zip', label: 'ZIP' },
  { name: 'country', label: 'Country' },
  { name: 'aum', label: 'Assets under management', placeholder: '$250M' },
  { name: 'year_founded', label: 'Founded' },
  { name: 'industry', label: 'Industry', isWide: true },
  { name: 'investment_prefs', label: 'Looks for', kind: 'area' },
  { name: 'about', label: 'About', kind: 'area' },
];
