/** What /api/notes, /api/activities and /api/timeline promise to those who use them. */
import { beforeAll, describe, expect, test } from 'vitest';
import { call, type Failure } from '../support/app';
import { type Cast, createCast, createPerson } from '../support/factories';

type Entry = {
  id: string;
  kind: string;
  at: string;
  body: string | null;
  outcome: string | null;
  actor: string | null;
  is_mine: boolean;
  edited_at: string | null;
};
type TimelinePage = { items: Entry[]; nextBefore: string | null };
type Note = { id: string; body: string };

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

const ask = <T = Record<string, unknown>>(path: string, method = 'GET', body?: unknown) =>
  call<T>(`/api/${path}`, { as: cast.member, workspace: cast.workspace, method, body });
const timeline = async (person: string, more = '') =>
  (await ask<TimelinePage>(`timeline?subject=person&id=${person}${more}`)).body;
const note = async (person: string, body: string) =>
  (await ask<Note>('notes', 'POST', { person_id: person, body })).body;

describe('notes', () => {
  test('a note stands on the timeline under its author’s name and moves the last activity', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const { body: made } = await ask<Note>('notes', 'POST', {
      person_id: person.id,
      body: '  Call before ten.  ',
    });
    const { items } = await timeline(person.id);
    expect(items).toMatchObject([
      { id: made.id, kind: 'note', body: 'Call before ten.', actor: cast.member.fullName, is_mine: true },
    ]);
    const { body: detail } = await ask(`people/${person.id}`);
    expect(detail.last_activity_at).toBe(items[0]?.at);
  });

  test('only its author changes a note, and the text before is kept', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const made = await note(person.id, 'First words');
    const change = { method: 'PATCH', body: { body: 'Other words' }, workspace: cast.workspace };
    expect((await call(`/api/notes/${made.id}`, { ...change, as: cast.admin })).status).toBe(403);
    expect((await call(`/api/notes/${made.id}`, { ...change, as: cast.stranger })).status).toBe(404);
    const changed = await call<Note>(`/api/notes/${made.id}`, { ...change, as: cast.member });
    expect(changed.body.body).toBe('Other words');
    expect((await timeline(person.id)).items[0]?.edited_at).not.toBeNull();
    const { data } = await cast.admin.supabase
      .from('audit_log')
      .select('before')
      .eq('workspace_id', cast.workspace.id)
      .eq('entity_id', made.id)
      .eq('action', 'notes.updated');
    expect(data).toEqual([{ before: { body: 'First words' } }]);
  });

  test('a deleted note comes back as it was, for whoever deleted it', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const made = await note(person.id, 'Keep me');
    const before = (await timeline(person.id)).items;
    expect((await ask(`notes/${made.id}`, 'DELETE')).status).toBe(204);
    expect((await timeline(person.id)).items).toEqual([]);
    const restore = `/api/notes/${made.id}/restore`;
    const by = (as: Cast['member']) =>
      call(restore, { as, workspace: cast.workspace, method: 'POST', body: {} });
    expect((await by(cast.admin)).status).toBe(404);
    expect((await by(cast.stranger)).status).toBe(404);
    expect((await by(cast.member)).status).toBe(204);
    expect((await timeline(person.id)).items).toEqual(before);
  });

  test.each([
    [{ body: '   ' }, 'body'],
    [{ body: 'x'.repeat(20_001) }, 'body'],
    [{ body: 'About nobody', person_id: undefined }, 'person_id'],
    [{ body: 'As another', author_id: crypto.randomUUID() }, 'author_id'],
  ])('%# a wrong field is named', async (given, field) => {
    const person = await createPerson(cast.member, cast.workspace);
    const { status, body } = await ask<Failure>('notes', 'POST', { person_id: person.id, ...given });
    expect([status, Object.keys(body.error.fields ?? {})]).toEqual([400, [field]]);
  });

  test('nobody writes on a person of another workspace', async () => {
    const theirs = await createPerson(cast.stranger, cast.otherWorkspace);
    const { status } = await ask('notes', 'POST', { person_id: theirs.id, body: 'Hello' });
    expect(status).toBe(404);
  });
});

describe('logged activities', () => {
  test('a call carries its outcome, channel and the number, and can be logged later than it happened', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const occurred_at = '2026-11-02T15:30:00Z';
    const { status, body } = await ask('activities', 'POST', {
      kind: 'call',
      person_id: person.id,
      outcome: 'left_vm',
      body: 'Asked to call back',
      occurred_at,
    });
    expect(status).toBe(201);
    const { items } = await timeline(person.id);
    expect(items).toMatchObject([
      { id: body.id, kind: 'call', outcome: 'left_vm', body: 'Asked to call back' },
    ]);
    expect(Date.parse(items[0]?.at ?? '')).toBe(Date.parse(occurred_at));
    const { body: list } = await ask<{ activities: { id: string; channel: string }[] }>(
      `activities?person_id=${person.id}&kind=call`,
    );
    expect(list.activities).toMatchObject([{ id: body.id, channel: 'call' }]);
  });

  test('what has not happened yet, an unknown kind and another workspace’s number are refused', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const log = (given: Record<string, unknown>) =>
      ask<Failure>('activities', 'POST', { kind: 'call', person_id: person.id, ...given });
    const future = await log({ occurred_at: new Date(Date.now() + 86_400_000).toISOString() });
    expect(Object.keys(future.body.error.fields ?? {})).toEqual(['occurred_at']);
    expect(Object.keys((await log({ kind: 'merge' })).body.error.fields ?? {})).toEqual(['kind']);
    expect((await log({ phone_id: crypto.randomUUID() })).status).toBe(404);
  });

  test('a timeline pages to its end without losing or repeating anything', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const times = [
      '2026-11-01T10:00:00Z',
      '2026-11-02T10:00:00Z',
      '2026-11-02T10:00:00Z',
      '2026-11-03T10:00:00Z',
    ];
    for (const occurred_at of times) {
      await ask('activities', 'POST', { kind: 'meeting', person_id: person.id, occurred_at });
    }
    const seen: string[] = [];
    let before: string | null = '';
    while (before !== null) {
      const page: TimelinePage = await timeline(
        person.id,
        `&limit=2${before && `&before=${encodeURIComponent(before)}`}`,
      );
      seen.push(...page.items.map(({ id }) => id));
      before = page.nextBefore;
    }
    expect(seen).toHaveLength(times.length);
    expect(new Set(seen).size).toBe(times.length);
  });

  test('a stranger sees nothing of a timeline', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    await note(person.id, 'Private');
    const path = `/api/timeline?subject=person&id=${person.id}`;
    expect((await call(path, { as: cast.stranger, workspace: cast.workspace })).status).toBe(404);
    const elsewhere = await call<TimelinePage>(path, { as: cast.stranger, workspace: cast.otherWorkspace });
    expect(elsewhere.body.items).toEqual([]);
  });
});
