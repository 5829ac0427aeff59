import { contactReader } from '@/modules/imports/presets/contact-record';
import { organizationFields, personFields } from '@/modules/imports/presets/fields';
import type { Preset } from '@/modules/imports/presets/preset';

/** The contact export of GoHighLevel. It writes names in small letters; they get their capitals back. */
export const gohighlevel: Preset = {
  id: 'gohighlevel',
  label: 'GoHighLevel',
  description: 'The contact export of GoHighLevel, with its tags.',
  signature: ['contact id', 'first name', 'last name', 'phone', 'email', 'created', 'last activity', 'tags'],
  fields: [...personFields, ...organizationFields],
  known: {
    'contact id': 'person.details',
    created: 'person.details',
    'last activity': 'person.details',
    'business name': 'organization.name',
    city: 'person.city',
    state: 'person.state',
  },
  rest: 'person.details',
  compile: (slot) => contactReader(slot),
};
