/** What /api/notifications promises: one's own alone, read one by one or all, and by mail once a day where it is wanted. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { call, type Failure, waitForMail } from '../support/app';
import { sql } from '../support/db';
import { type Actor, addMember, type Cast, createCast, unique, type Workspace } from '../support/factories';
import { testStack } from '../support/stack';
import { runWholeCron } from '../support/work';

type Row = { id: string; title: string; read_at: string | null; link: string };
type Page = { rows: Row[]; unread: number; next: string | null };

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

async function tell(actor: Actor, title: string, workspace: Workspace = cast.workspace): Promise<boolean> {
  const [row] = await sql()<{ told: boolean }[]>`
    select private.notify(${workspace.id}, ${actor.userId}, 'task_due', ${title}, null, '/tasks', ${unique()}) as told`;
  return row?.told ?? false;
}
const ask = <T = Page>(actor: Actor, path = '', method = 'GET', body?: unknown) =>
  call<T>(`/api/notifications${path}`, { as: actor, workspace: cast.workspace, method, body });

describe('notifications', () => {
  test('are one’s own: listed the newest first, counted, read and unread again', async () => {
    const me = await addMember(cast.workspace);
    for (const title of ['First', 'Second', 'Third']) await tell(me, title);
    const { body } = await ask(me);
    expect(body.rows.map(({ title }) => title)).toEqual(['Third', 'Second', 'First']);
    expect(body).toMatchObject({ unread: 3, next: null });
    const id = body.rows[1]?.id;
    expect((await ask(me, `/${id}`, 'PATCH', { read: true })).status).toBe(204);
    expect((await ask(me, '?unread=yes')).body.rows.map(({ title }) => title)).toEqual(['Third', 'First']);
    expect((await ask(me, '?limit=0')).body).toEqual({ rows: [], unread: 2, next: null });
    await ask(me, `/${id}`, 'PATCH', { read: false });
    expect((await ask(me, '?limit=0')).body.unread).toBe(3);
  });

  test('page on without loss or repetition, those of one instant too', async () => {
    const me = await addMember(cast.workspace);
    await sql()`insert into notifications (workspace_id, user_id, kind, title, dedupe_key, created_at)
      select ${cast.workspace.id}, ${me.userId}, 'task_due', 'T', n::text, '2026-01-01' from generate_series(1, 7) n`;
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const after: string = next ? `&after=${encodeURIComponent(next)}` : '';
      const { body } = await ask(me, `?limit=3${after}`);
      seen.push(...body.rows.map(({ id }) => id));
      next = body.next;
    } while (next);
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
  });

  test('all are marked at once, but not what came after the page was read', async () => {
    const me = await addMember(cast.workspace);
    await tell(me, 'Seen');
    const [row] = await sql()<
      { until: string }[]
    >`select to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as until`;
    await tell(me, 'Came meanwhile');
    const answer = await ask<{ marked: number }>(me, '/read-all', 'POST', { until: row?.until });
    expect(answer.body).toEqual({ marked: 1 });
    expect((await ask(me, '?unread=yes')).body.rows.map(({ title }) => title)).toEqual(['Came meanwhile']);
    expect((await ask<{ marked: number }>(me, '/read-all', 'POST', {})).body.marked).toBe(1);
  });

  test('a colleague, an admin and a stranger neither see nor mark them', async () => {
    const me = await addMember(cast.workspace);
    await tell(me, 'Private');
    const id = (await ask(me)).body.rows[0]?.id;
    for (const other of [cast.member, cast.admin, cast.owner]) {
      expect((await ask(other)).body.rows.some((row) => row.id === id)).toBe(false);
      expect((await ask(other, `/${id}`, 'PATCH', { read: true })).status).toBe(404);
    }
    expect((await ask(cast.stranger)).status).toBe(404);
    expect((await ask(cast.stranger, '/read-all', 'POST', {})).status).toBe(404);
    expect((await ask(cast.stranger, '/preferences')).status).toBe(404);
    const preferences = { email_digest: 'daily' };
    expect((await ask(cast.stranger, '/preferences', 'PUT', preferences)).status).toBe(404);
    expect((await call('/api/notifications', { workspace: cast.workspace })).status).toBe(401);
    expect((await ask(me, `/${randomUUID()}`, 'PATCH', { read: true })).status).toBe(404);
  });

  test('a wrong field is named, a forged page end as well', async () => {
    const fieldsOf = async (path: string, method = 'GET', body?: unknown) => {
      const answer = await ask<Failure>(cast.member, path, method, body);
      expect(answer.status).toBe(400);
      return Object.keys(answer.body.error.fields ?? {});
    };
    expect(await fieldsOf('?limit=1000')).toEqual(['limit']);
    expect(await fieldsOf('?after=x')).toEqual(['after']);
    expect(await fieldsOf('/preferences', 'PUT', { muted_kinds: ['everything'] })).toEqual(['muted_kinds.0']);
    expect(await fieldsOf('/preferences', 'PUT', { email_digest: 'hourly' })).toEqual(['email_digest']);
    expect(await fieldsOf('/read-all', 'POST', { until: 'now' })).toEqual(['until']);
  });

  test('nobody is told of anything in a workspace that they left, or twice of the same', async () => {
    expect(await tell(cast.stranger, 'Not here')).toBe(false);
    const say = () =>
      sql()<
        { told: boolean }[]
      >`select private.notify(${cast.workspace.id}, ${cast.member.userId}, 'task_due', 'Once', null, '/tasks', 'the same') as told`;
    const told = (await Promise.all([say(), say()])).map(([row]) => row?.told);
    expect(told.sort()).toEqual([false, true]);
  });

  test('no link leads out of the app', async () => {
    const refused = sql()`insert into notifications (workspace_id, user_id, kind, title, dedupe_key, link)
      values (${cast.workspace.id}, ${cast.member.userId}, 'task_due', 'x', ${unique()}, '//evil.example')`;
    await expect(refused).rejects.toThrow(/link/);
  });
});

describe('the daily mail', () => {
  const wanted = async (actor: Actor) => {
    const answer = await ask(actor, '/preferences', 'PUT', { email_digest: 'daily' });
    expect(answer.body).toEqual({ muted_kinds: [], email_digest: 'daily' });
    // the morning has come
    await sql()`update notification_preferences set next_digest_at = now() where user_id = ${actor.userId}`;
  };
  const mails = async (to: string) =>
    ((await (await fetch(`${testStack().mailUrl}/api/messages?to=${to}`)).json()) as unknown[]).length;

  test('goes out once, with what is unread, and is planned for the next morning at eight', async () => {
    const me = await addMember(cast.workspace);
    await sql()`update profiles set time_zone = 'Asia/Kolkata' where user_id = ${me.userId}`;
    await tell(me, 'Ask for the lease');
    await wanted(me);
    await Promise.all([runWholeCron('send-digests'), runWholeCron('send-digests')]);
    const mail = await waitForMail(me.email);
    expect(mail.text).toContain('Ask for the lease');
    expect(mail.links.some((link) => link.endsWith('/tasks'))).toBe(true);
    await runWholeCron('send-digests');
    expect(await mails(me.email)).toBe(1);
    const [next] =
      await sql()`select (next_digest_at at time zone 'Asia/Kolkata')::time::text as clock, next_digest_at > now() as later
      from notification_preferences where user_id = ${me.userId}`;
    expect(next).toEqual({ clock: '08:00:00', later: true });
    // what was mailed isn't mailed again
    await wanted(me);
    await runWholeCron('send-digests');
    expect(await mails(me.email)).toBe(1);
  });

  test('doesn’t go to who doesn’t want it, nor with nothing to say', async () => {
    const [quiet, empty] = [await addMember(cast.workspace), await addMember(cast.workspace)];
    await tell(quiet, 'Something');
    await wanted(empty);
    await runWholeCron('send-digests');
    expect([await mails(quiet.email), await mails(empty.email)]).toEqual([0, 0]);
  });
});
