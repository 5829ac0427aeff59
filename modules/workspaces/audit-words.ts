import { formatDateTime } from '@/lib/format';
import type { AuditEntry } from './types';

/** What the log calls its entities, for people. One: "person"; many: the filter's words. */
export const auditNouns: Record<string, { one: string; many: string }> = {
  people: { one: 'person', many: 'People' },
  organizations: { one: 'organization', many: 'Organizations' },
  properties: { one: 'property', many: 'Properties' },
  phones: { one: 'phone', many: 'Phones' },
  emails: { one: 'e-mail', many: 'E-mails' },
  linkedin_profiles: { one: 'LinkedIn profile', many: 'LinkedIn profiles' },
  notes: { one: 'note', many: 'Notes' },
  activities: { one: 'activity', many: 'Activities' },
  verifications: { one: 'card', many: 'Cards' },
  pipelines: { one: 'pipeline', many: 'Pipelines' },
  pipeline_stages: { one: 'stage', many: 'Stages' },
  imports: { one: 'import', many: 'Imports' },
  workspaces: { one: 'workspace', many: 'Workspace' },
  workspace_members: { one: 'member', many: 'Members' },
  invitations: { one: 'invitation', many: 'Invitations' },
};

const verbs: Record<string, string> = {
  created: 'created',
  updated: 'changed',
  deleted: 'removed',
  previewed: 'previewed',
  running: 'started',
  done: 'finished',
  undoing: 'began to undo',
  undone: 'undid',
  failed: 'saw fail:',
  cancelled: 'stopped',
  lifted: 'took off the do-not-call list:',
};

/** Columns that say nothing to a person. */
const hidden = new Set([
  'id',
  'workspace_id',
  'user_id',
  'created_at',
  'lease_token',
  'lease_until',
  'rank',
  'version',
]);

const instant = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;
const longestValue = 200;

/** One column of a change, in words; an empty text stands for "nothing". */
export type AuditChange = { field: string; before: string; after: string };

/** "created the person", "changed the invitation", "undid the import". */
export function auditVerb(entry: Pick<AuditEntry, 'action' | 'entity'>): string {
  const verb = entry.action.slice(entry.action.indexOf('.') + 1);
  const noun = auditNouns[entry.entity]?.one ?? entry.entity.replaceAll('_', ' ');
  if (entry.entity === 'workspace_members' && verb === 'created') return 'added the member';
  return `${verbs[verb] ?? verb.replaceAll('_', ' ')} the ${noun}`;
}

/**
 * What a change replaced by what, column by column, in the order of their names.
 * @param names of members by user id, for columns that hold one
 * @param timeZone IANA zone in which times are worded
 */
export function auditChanges(
  entry: Pick<AuditEntry, 'before' | 'after'>,
  names: Readonly<Record<string, string>>,
  timeZone: string,
): AuditChange[] {
  const fields = new Set([...Object.keys(entry.before ?? {}), ...Object.keys(entry.after ?? {})]);
  return [...fields]
    .filter((field) => !hidden.has(field))
    .sort()
    .map((field) => ({
      field: wordsOf(field),
      before: inWords(entry.before?.[field], names, timeZone),
      after: inWords(entry.after?.[field], names, timeZone),
    }))
    .filter(({ before, after }) => before !== after);
}

/** `sms_opted_out_at` is "SMS opted out". */
function wordsOf(field: string): string {
  const words = field
    .replace(/_(at|id)$/, '')
    .replaceAll('_', ' ')
    .replace(/\bsms\b/, 'SMS')
    .replace(/\burl\b/, 'URL');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function inWords(value: unknown, names: Readonly<Record<string, string>>, timeZone: string): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return shorten(value.map((each) => inWords(each, names, timeZone)).join(', '));
  if (typeof value === 'object') return Object.keys(value).length === 0 ? '' : shorten(JSON.stringify(value));
  const text = String(value);
  const name = names[text];
  if (name) return name;
  return instant.test(text) ? formatDateTime(text, timeZone) : shorten(text);
}

const shorten = (text: string) => (text.length > longestValue ? `${text.slice(0, longestValue)}…` : text);
