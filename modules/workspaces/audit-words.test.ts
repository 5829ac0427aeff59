import { describe, expect, test } from 'vitest';
import { auditChanges, auditVerb } from './audit-words';

describe('an entry of the log reads as a sentence', () => {
  test.each([
    ['people.created', 'people', 'created the person'],
    ['workspace_members.deleted', 'workspace_members', 'removed the member'],
    ['imports.undone', 'imports', 'undid the import'],
    ['tables.merged', 'tables', 'merged the tables'],
  ])('%s', (action, entity, expected) => expect(auditVerb({ action, entity })).toBe(expected));
});

describe('a change shows what was before and what is now', () => {
  const changes = (before: Record<string, unknown> | null, after: Record<string, unknown> | null) =>
    auditChanges({ before, after }, { 'user-1': 'Ana Ruiz' }, 'America/Chicago');

  test('values are worded: members by name, times in the zone, lists, yes and no', () => {
    expect(
      changes(
        { assigned_to: null, tags: ['a'], do_not_call: false },
        {
          assigned_to: 'user-1',
          tags: ['a', 'b'],
          do_not_call: true,
          deleted_at: '2026-11-21T15:00:00+00:00',
        },
      ),
    ).toEqual([
      { field: 'Assigned to', before: '', after: 'Ana Ruiz' },
      { field: 'Deleted', before: '', after: 'Nov 21, 2026, 9:00 AM CST' },
      { field: 'Do not call', before: 'no', after: 'yes' },
      { field: 'Tags', before: 'a', after: 'a, b' },
    ]);
  });
  test('a new record lists what it was given, without ids and empty values', () => {
    expect(changes(null, { id: 'x', workspace_id: 'y', name: 'Acme', website: null, details: {} })).toEqual([
      { field: 'Name', before: '', after: 'Acme' },
    ]);
  });
  test('a long text is cut, so that one entry can’t fill the page', () => {
    expect(changes({ body: 'x'.repeat(5000) }, { body: '' })[0]?.before).toHaveLength(201);
  });
});
