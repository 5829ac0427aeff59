import { contactReader } from '@/modules/imports/presets/contact-record';
import { organizationFields, personFields } from '@/modules/imports/presets/fields';
import type { Preset } from '@/modules/imports/presets/preset';

/** An Eventbrite attendee report. Who signed up for a webinar is a warm investor, unless the order was taken back. */
export const eventbrite: Preset = {
  id: 'eventbrite',
  label: 'Eventbrite attendees',
  description: 'The attendee report of a webinar: everybody becomes a warm investor.',
  signature: ['order', 'order date', 'first name', 'last name', 'email', 'ticket type', 'attendee status'],
  fields: [...personFields, ...organizationFields],
  known: {
    order: 'person.details',
    'order id': 'person.details',
    'order date': 'person.details',
    'order type': 'person.details',
    'ticket type': 'person.details',
    'attendee status': 'person.details',
    'event name': 'person.details',
    'purchaser first name': null,
    'purchaser last name': null,
    'purchaser email': null,
    'buyer first name': null,
    'buyer last name': null,
    'buyer email': null,
    quantity: null,
    currency: null,
    'total paid': null,
    'fees paid': null,
    'eventbrite fees': null,
    'eventbrite payment processing': null,
    city: 'person.city',
    state: 'person.state',
  },
  rest: 'person.details',
  compile: (slot) =>
    contactReader(slot, {
      finish: (draft) => {
        const someone = draft.people[0];
        if (!someone) return;
        const status = String(someone.details['Attendee Status'] ?? '');
        if (!/refund|cancel|delete|transferred/i.test(status)) someone.lead_status = 'warm';
        if (!someone.contact_types.includes('investor')) someone.contact_types.push('investor');
      },
    }),
};
