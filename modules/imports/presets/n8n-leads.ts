import { contactReader } from '@/modules/imports/presets/contact-record';
import { organizationFields, personFields } from '@/modules/imports/presets/fields';
import type { Preset } from '@/modules/imports/presets/preset';

const positive = /^(?:pos|positive|interested|very positive|good|yes)$/i;
const replied = /^(?:true|yes|y|1|replied|sent|x|\d{4}-.*|\d{1,2}\/.*)$/i;

/** A detail's text by the header's words, whatever its case and punctuation. */
function detail(details: Record<string, unknown>, word: string): string {
  const key = Object.keys(details).find(
    (header) =>
      header
        .toLowerCase()
        .replace(/[^a-z]+/g, ' ')
        .trim() === word,
  );
  const value = key === undefined ? undefined : details[key];
  return typeof value === 'string' ? value.trim() : '';
}

/** Leads from an n8n workflow: the person, the firm, the e-mails written to them and how they took it. */
export const n8nLeads: Preset = {
  id: 'n8n_leads',
  label: 'n8n leads',
  description: 'Leads gathered by an n8n workflow, with the e-mails sent and the replies’ sentiment.',
  signature: [
    'first name',
    'last name',
    'company',
    'industry',
    'linkedin url',
    'company website',
    'replied',
    'sentiment',
    'lead type',
  ],
  fields: [...personFields, ...organizationFields],
  known: {
    profile: 'person.details',
    replied: 'person.details',
    sentiment: 'person.details',
    'lead type': 'person.details',
    'sent status': 'person.details',
    city: 'person.city',
    state: 'person.state',
  },
  rest: 'person.details',
  compile: (slot) =>
    contactReader(slot, {
      finish: (draft) => {
        const someone = draft.people[0];
        if (!someone) return;
        const answered = replied.test(detail(someone.details, 'replied'));
        if (answered && positive.test(detail(someone.details, 'sentiment'))) someone.lead_status = 'warm';
      },
    }),
};
