import { beforeAll, expect, test } from 'vitest';
import type { SendingSettings } from '@/modules/sending/schema';
import { call, type Failure } from '../support/app';
import { sql } from '../support/db';
import { type Actor, type Cast, createCast, unique } from '../support/factories';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

const as = (actor: Actor) => ({ as: actor, workspace: cast.workspace });
const domainName = () => `${unique()}.freehold.example`;
const settings = async () => (await call<SendingSettings>('/api/sending-domains', as(cast.member))).body;
const addDomain = async (domain: string) =>
  (await call<{ id: string }>('/api/sending-domains', { ...as(cast.admin), body: { domain } })).body.id;
const sender = (over: Record<string, unknown> = {}) => ({
  name: 'Ada Hale',
  local_part: unique(),
  postal_address: '1 Elm Street, Reno, NV 89501',
  ...over,
});

test('a domain is added as people write it, once, and everybody sees how it stands', async () => {
  const domain = domainName();
  const body = { domain: ` HTTPS://${domain.toUpperCase()}/ `, warmup_started_on: '2026-11-02' };
  expect((await call('/api/sending-domains', { ...as(cast.admin), body })).status).toBe(201);
  const again = await call<Failure>('/api/sending-domains', { ...as(cast.admin), body: { domain } });
  expect(again).toMatchObject({ status: 409, body: { error: { fields: { domain: expect.any(String) } } } });
  const { domains } = await settings();
  expect(domains.find((one) => one.domain === domain)).toMatchObject({
    status: 'active',
    interval_seconds: 210,
    jitter_seconds: 30,
    daily_cap: 120,
    warmup_started_on: '2026-11-02',
    breaker: 'closed',
    sent_today: 0,
  });
});

test.each([
  ['domain', { domain: 'nonsense' }],
  ['domain', { domain: 'a b.example' }],
  ['daily_cap', { domain: 'a.example', daily_cap: 0 }],
  ['interval_seconds', { domain: 'a.example', interval_seconds: 'soon' }],
  ['breaker', { domain: 'a.example', breaker: 'closed' }],
])('a wrong %s is refused at its field', async (field, body) => {
  const answer = await call<Failure>('/api/sending-domains', { ...as(cast.admin), body });
  expect(answer.status).toBe(400);
  expect(answer.body.error.fields).toHaveProperty(field);
});

test('a domain is paused with its reason, and resumed without it', async () => {
  const id = await addDomain(domainName());
  const patch = (body: unknown) =>
    call(`/api/sending-domains/${id}`, { ...as(cast.admin), method: 'PATCH', body });
  expect((await patch({ status: 'paused', paused_reason: 'Waiting for DMARC' })).status).toBe(204);
  const one = async () => (await settings()).domains.find((domain) => domain.id === id);
  expect(await one()).toMatchObject({ status: 'paused', paused_reason: 'Waiting for DMARC' });
  await patch({ status: 'active' });
  expect(await one()).toMatchObject({ status: 'active', paused_reason: null });
});

test('a domain that errors have stopped may try now, and its breaker is nobody’s to close', async () => {
  const id = await addDomain(domainName());
  await sql()`update sending_domains set breaker = 'open', breaker_until = now() + interval '1 hour', consecutive_errors = 10,
    next_send_at = now() + interval '1 hour' where id = ${id}`;
  expect((await call(`/api/sending-domains/${id}/retry`, { ...as(cast.admin), method: 'POST' })).status).toBe(
    204,
  );
  const [row] =
    await sql()`select breaker, breaker_until <= now() as due, next_send_at <= now() as may from sending_domains where id = ${id}`;
  expect(row).toEqual({ breaker: 'open', due: true, may: true });
});

test('a domain is removed, and what it sent stays', async () => {
  const id = await addDomain(domainName());
  const [mail] =
    await sql()`insert into email_queue (workspace_id, purpose, to_address, from_address, domain_id, subject, status, sent_at)
    values (${cast.workspace.id}, 'test', 'somebody@reader.example', 'ada@mail.example', ${id}, 'Hello', 'sent', now()) returning id`;
  expect((await call(`/api/sending-domains/${id}`, { ...as(cast.admin), method: 'DELETE' })).status).toBe(
    204,
  );
  const [kept] = await sql()`select status, domain_id from email_queue where id = ${mail?.id}`;
  expect(kept).toEqual({ status: 'sent', domain_id: null });
});

test('a sender is added, changed, archived, and its address is free again', async () => {
  const body = sender();
  const { body: made } = await call<{ id: string }>('/api/senders', { ...as(cast.admin), body });
  const taken = await call<Failure>('/api/senders', { ...as(cast.admin), body });
  expect(taken).toMatchObject({
    status: 409,
    body: { error: { fields: { local_part: expect.any(String) } } },
  });
  const patch = (change: unknown) =>
    call(`/api/senders/${made.id}`, { ...as(cast.admin), method: 'PATCH', body: change });
  expect((await patch({ signature: 'Ada', reply_to: 'Ada@Team.Example' })).status).toBe(204);
  expect((await patch({ archived: true })).status).toBe(204);
  expect((await call('/api/senders', { ...as(cast.admin), body })).status).toBe(201);
  const { senders } = (await call<{ senders: SendingSettings['senders'] }>('/api/senders', as(cast.member)))
    .body;
  expect(senders.find(({ id }) => id === made.id)).toMatchObject({
    signature: 'Ada',
    reply_to: 'ada@team.example',
    archived_at: expect.any(String),
  });
});

test.each([
  ['name', { name: 'Ada\r\nBcc: all@reader.example' }],
  ['local_part', { local_part: 'ada@home' }],
  ['reply_to', { reply_to: 'nobody' }],
  ['postal_address', { postal_address: '' }],
])('a sender with a wrong %s is refused at its field', async (field, over) => {
  const answer = await call<Failure>('/api/senders', { ...as(cast.admin), body: sender(over) });
  expect(answer.status).toBe(400);
  expect(answer.body.error.fields).toHaveProperty(field);
});

test('a member sees, an admin changes, a stranger finds nothing', async () => {
  const id = await addDomain(domainName());
  const paths = [
    ['POST', '/api/sending-domains', { domain: domainName() }],
    ['PATCH', `/api/sending-domains/${id}`, { status: 'paused' }],
    ['DELETE', `/api/sending-domains/${id}`, undefined],
    ['POST', `/api/sending-domains/${id}/retry`, undefined],
    ['POST', '/api/senders', sender()],
  ] as const;
  for (const [method, path, body] of paths) {
    expect((await call(path, { ...as(cast.member), method, body })).status).toBe(403);
    expect((await call(path, { as: cast.stranger, workspace: cast.workspace, method, body })).status).toBe(
      404,
    );
  }
  const own = { as: cast.stranger, workspace: cast.otherWorkspace };
  expect((await call(`/api/sending-domains/${id}`, { ...own, method: 'DELETE' })).status).toBe(404);
  expect((await call(`/api/sending-domains/${id}/retry`, { ...own, method: 'POST' })).status).toBe(404);
  expect((await call('/api/sending-domains', { as: cast.stranger, workspace: cast.workspace })).status).toBe(
    404,
  );
});

test('a sender can’t answer through another workspace’s mailbox', async () => {
  const [theirs] =
    await sql()`insert into mailboxes (workspace_id, address) values (${cast.otherWorkspace.id}, ${`${unique()}@mail.example`}) returning id`;
  const body = sender({ mailbox_id: theirs?.id });
  expect((await call('/api/senders', { ...as(cast.admin), body })).status).toBe(404);
});
