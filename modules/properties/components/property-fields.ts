import type { FormField } from '@/modules/records/components/record-form';

/** What is asked of every property. */
export const mainFields: readonly FormField[] = [
  { name: 'name', label: 'Name', placeholder: 'Maple Court Apartments', isWide: true },
  { name: 'address', label: 'Address', placeholder: '1420 Juniper St', isWide: true },
  { name: 'city', label: 'City' },
  { name: 'state', label: 'State', placeholder: 'TX' },
  { name: 'zip', label: 'ZIP' },
  { name: 'units', label: 'Units', kind: 'number' },
];

export const moreFields: readonly FormField[] = [
  { name: 'market', label: 'Market' },
  { name: 'submarket', label: 'Submarket' },
  { name: 'county', label: 'County' },
  { name: 'sqft', label: 'Square feet', kind: 'number' },
  { name: 'completion_date', label: 'Completed', placeholder: '1998 or 2027 Q2' },
];
