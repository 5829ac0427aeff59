import { contactReader } from '@/modules/imports/presets/contact-record';
import { organizationFields, personFields } from '@/modules/imports/presets/fields';
import type { Preset } from '@/modules/imports/presets/preset';

/** Investors, developers and funds: one contact a row, with everything else as JSON in `details`. */
export const contacts: Preset = {
  id: 'contacts',
  label: 'Contact list',
  description:
    'Investors, developers or funds: name, e-mail, phone, role, company, location, source and details.',
  signature: ['name', 'email', 'phone number', 'role', 'company', 'location', 'source', 'details'],
  fields: [...personFields, ...organizationFields],
  known: { city: 'person.city', state: 'person.state' },
  rest: 'person.details',
  compile: (slot) => contactReader(slot),
};
