import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../support/db';
import { type Actor, type Cast, createCast, unique } from '../support/factories';

type Changed = { payload: { ids?: string[] } };

let cast: Cast;
const used: Actor[] = [];
beforeAll(async () => {
  cast = await createCast();
});
afterAll(async () => {
  await Promise.all(used.map(({ supabase }) => supabase.removeAllChannels()));
});

/** A promise to be resolved from outside. */
function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** Joins a topic of the cast's workspace and tells how that went; events are handed on as they come. */
async function join(
  actor: Actor,
  what: string,
  onEvent: (event: Changed) => void = () => undefined,
): Promise<string> {
  used.push(actor);
  await actor.supabase.realtime.setAuth(actor.token);
  const channel = actor.supabase.channel(`workspace:${cast.workspace.id}:${what}`, {
    config: { private: true },
  });
  channel.on('broadcast', { event: 'changed' }, (event) => onEvent(event as unknown as Changed));
  return new Promise((resolve) => {
    channel.subscribe((status) => resolve(status));
  });
}

async function newPerson(): Promise<string> {
  const [row] =
    await sql()`insert into people (workspace_id, first_name) values (${cast.workspace.id}, ${unique()}) returning id`;
  return String(row?.id);
}

describe('live topics of a workspace', () => {
  test('tell its members that a note came, with the id of whom it is about and none of its words', async () => {
    const personId = await newPerson();
    const heard = deferred<Changed>();
    expect(await join(cast.member, 'timeline', heard.resolve)).toBe('SUBSCRIBED');
    await sql()`insert into notes (workspace_id, body, author_id, person_id)
      values (${cast.workspace.id}, 'between us', ${cast.owner.userId}, ${personId})`;
    const event = await heard.promise;
    expect(event.payload).toEqual({ ids: [personId] });
    expect(JSON.stringify(event)).not.toContain('between us');
  });

  test('say once what one statement did to many rows', async () => {
    const ids = await Promise.all([newPerson(), newPerson(), newPerson()]);
    const events: Changed[] = [];
    const last = deferred<void>();
    const end = await newPerson();
    await join(cast.admin, 'timeline', (event) => {
      events.push(event);
      if (event.payload.ids?.includes(end)) last.resolve();
    });
    await sql()`insert into activities (workspace_id, kind, person_id)
      select ${cast.workspace.id}, 'call', id from unnest(${ids}::uuid[]) as id`;
    await sql()`insert into activities (workspace_id, kind, person_id) values (${cast.workspace.id}, 'call', ${end})`;
    await last.promise;
    const mine = events.filter(({ payload }) => payload.ids?.some((id) => ids.includes(id)));
    expect(mine).toHaveLength(1);
    expect(mine[0]?.payload.ids?.toSorted()).toEqual(ids.toSorted());
  });

  test.each(['timeline', 'imports', 'members'])('let no stranger listen to %s', async (what) => {
    expect(await join(cast.stranger, what)).toBe('CHANNEL_ERROR');
  });
});
