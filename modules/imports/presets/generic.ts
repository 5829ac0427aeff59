import { contactReader } from '@/modules/imports/presets/contact-record';
import { organizationFields, personFields, propertyFields } from '@/modules/imports/presets/fields';
import type { Preset } from '@/modules/imports/presets/preset';

/** Any other list: a contact, a firm and a property a row, each where the list names one. Whoever is named is the owner unless a column says otherwise. */
export const generic: Preset = {
  id: 'generic',
  label: 'Other list',
  description: 'Any CSV: columns are matched by their names and values, and you choose the rest.',
  signature: [],
  fields: [...personFields, ...organizationFields, ...propertyFields],
  known: {},
  rest: 'person.details',
  compile: (slot) => contactReader(slot),
};
