import type { ImportRecord } from '@/modules/imports/schema';

/**
 * A record without what says nothing: nulls, empty texts, lists and objects, in itself and in what it names. The database
 * reads a missing key as such, and half of a list's cells are blank: what is not sent need not be read.
 *
 * @param record one row as the presets make it
 * @returns what `import_chunk()` takes; `line` is always there, and `details` are left as they are
 */
export function compact(record: ImportRecord): Record<string, unknown> {
  return withoutEmpty({
    ...record,
    people: record.people.map((person) => withoutEmpty({ ...person, ...points(person) })),
    organizations: record.organizations.map((firm) => withoutEmpty({ ...firm, ...points(firm) })),
    property:
      record.property &&
      withoutEmpty({ ...record.property, phones: record.property.phones.map(withoutEmpty) }),
  });
}

const points = ({ phones, emails }: { phones: object[]; emails: object[] }) => ({
  phones: phones.map(withoutEmpty),
  emails: emails.map(withoutEmpty),
});

function withoutEmpty(values: object): Record<string, unknown> {
  const said: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    if (value === null || value === undefined || value === '') continue;
    if (Array.isArray(value) ? value.length === 0 : typeof value === 'object' && isEmpty(value)) continue;
    said[key] = value;
  }
  return said;
}

function isEmpty(value: object): boolean {
  for (const _ in value) return false;
  return true;
}
