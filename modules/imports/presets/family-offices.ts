import { contactReader } from '@/modules/imports/presets/contact-record';
import { organizationFields, personFields } from '@/modules/imports/presets/fields';
import type { Preset } from '@/modules/imports/presets/preset';

const categories: Record<string, string> = {
  sf: 'SFO',
  sfo: 'SFO',
  'single family': 'SFO',
  'single family office': 'SFO',
  mf: 'MFO',
  mfo: 'MFO',
  'multi family': 'MFO',
  'multi family office': 'MFO',
  multifamily: 'MFO',
  'multifamily office': 'MFO',
};

/** Family offices: a firm and one of its people a row. The firm's e-mail is the same in nearly all rows of a firm, so it is the firm's. */
export const familyOffices: Preset = {
  id: 'family_offices',
  label: 'Family offices',
  description: 'Single and multi-family offices with their people, firm e-mail and investment interests.',
  signature: [
    'firm name',
    'contact first name',
    'contact last name',
    'company email address',
    'personal email address',
    'linkedin profile',
    'aum',
    'category',
  ],
  fields: [...personFields, ...organizationFields],
  known: {
    'of firms': null,
    'phone number': 'person.phone',
    city: 'organization.city',
    state: 'organization.state',
    'state province': 'organization.state',
    zip: 'organization.zip',
    'postal zip code': 'organization.zip',
    country: 'organization.country',
    address: 'organization.address',
    region: 'organization.details',
    'additional company contact information': 'organization.details',
    'deep search': 'person.details',
    'alma mater': 'person.details',
    'linkedin rich details': 'person.details',
  },
  rest: 'person.details',
  compile: (slot) =>
    contactReader(slot, {
      finish: (draft) => {
        const firm = draft.organizations[0];
        if (!firm) return;
        firm.kind = 'family_office';
        const word =
          firm.category
            ?.toLowerCase()
            .replace(/[^a-z]+/g, ' ')
            .trim() ?? '';
        firm.category = categories[word] ?? firm.category;
      },
    }),
};
