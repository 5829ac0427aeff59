import { beforeAll, describe, expect, test } from 'vitest';
import { type Answer, call, type Failure, waitForMail } from '../support/app';
import { BrowserSession } from '../support/browser-session';
import { sql } from '../support/db';
import {
  type Actor,
  addMember,
  type Cast,
  createCast,
  createWorkspace,
  signUp,
  unique,
  uniqueEmail,
  type Workspace,
} from '../support/factories';
import { testStack } from '../support/stack';

type Issued = { id: string; email: string | null; role: string; mail: string; link: string | null };
type Listed<T> = { items: T[] };

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

const patch = (path: string, as: Actor, body: unknown, workspace?: Workspace) =>
  call<Failure>(path, { as, workspace, method: 'PATCH', body });
const post = (path: string, as: Actor, body?: unknown, workspace?: Workspace) =>
  call<Failure>(path, { as, workspace, method: 'POST', body });
const remove = (path: string, as: Actor, workspace: Workspace) =>
  call<Failure>(path, { as, workspace, method: 'DELETE' });
const rolesOf = async (workspace: Workspace) =>
  new Map(
    (await sql()`select user_id, role from workspace_members where workspace_id = ${workspace.id}`).map(
      (row) => [row.user_id, row.role],
    ),
  );
const tokenOf = (link: string | null | undefined) => (link ?? '').split('/').at(-1) ?? '';
const invite = async (by: Actor, workspace: Workspace, body: object): Promise<Issued> => {
  const answer = await call<Issued>('/api/invitations', { as: by, workspace, body });
  expect(answer.status).toBe(201);
  return answer.body;
};
/** Invites by mail and gives the token that arrived. */
const mailInvite = async (by: Actor, workspace: Workspace, email: string, role = 'member') => {
  const issued = await invite(by, workspace, { email, role });
  expect(issued).toMatchObject({ mail: 'sent', link: null, email, role });
  const mail = await waitForMail(email);
  expect(mail.links[0]).toMatch(/\/invitations\/[\w-]{43}$/);
  return { id: issued.id, token: tokenOf(mail.links[0]) };
};
const accept = (as: Actor, token: string) => post('/api/invitations/accept', as, { token });

describe('a workspace of one’s own', () => {
  test('its maker owns it, in the given zone, under a slug of its name', async () => {
    const person = await signUp();
    const name = `Ñandú & Söhne ${unique()}`;
    const { status, body } = await call<Workspace>('/api/workspaces', {
      as: person,
      body: { name, time_zone: 'America/Denver' },
    });
    expect(status).toBe(201);
    expect(body.slug).toMatch(/^nandu-sohne-[a-z0-9-]+$/);
    const mine = await call<Listed<{ id: string; role: string }>>('/api/workspaces', { as: person });
    expect(mine.body.items).toMatchObject([{ id: body.id, role: 'owner' }]);
    const [row] = await sql()`select time_zone from workspaces where id = ${body.id}`;
    expect(row?.time_zone).toBe('America/Denver');
  });

  test('two of one name get two slugs', async () => {
    const person = await signUp();
    const name = `Same ${unique()}`;
    const first = await createWorkspace(person, name);
    const second = await createWorkspace(person, name);
    expect(second.slug).toMatch(new RegExp(`^${first.slug}-[0-9a-f]{6}$`));
  });

  test('admins rename it; members may not, strangers find nothing', async () => {
    const path = `/api/workspaces/${cast.workspace.id}`;
    const slug = `s-${unique()}`;
    expect(
      await patch(path, cast.admin, { name: 'Renamed', slug, time_zone: 'Europe/Vienna' }),
    ).toMatchObject({
      status: 200,
      body: { name: 'Renamed', slug, time_zone: 'Europe/Vienna' },
    });
    expect((await patch(path, cast.member, { name: 'Mine' })).status).toBe(403);
    expect((await patch(path, cast.stranger, { name: 'Mine' })).status).toBe(404);
  });

  test('a wrong field is named; a taken slug is a conflict at the slug', async () => {
    const path = `/api/workspaces/${cast.workspace.id}`;
    const fieldOf = async (body: object) =>
      Object.keys((await patch(path, cast.owner, body)).body.error.fields ?? {});
    expect(await fieldOf({ slug: 'No Spaces' })).toEqual(['slug']);
    expect(await fieldOf({ name: '  ' })).toEqual(['name']);
    expect(await fieldOf({ time_zone: 'Nowhere' })).toEqual(['time_zone']);
    expect(await fieldOf({ tier: 'premium' })).toEqual(['tier']);
    const taken = await patch(path, cast.owner, { slug: cast.otherWorkspace.slug });
    expect(taken.status).toBe(409);
    expect(taken.body.error.fields).toHaveProperty('slug');
  });
});

describe('several workspaces', () => {
  test('a browser enters one of its own, and no other', async () => {
    const browser = new BrowserSession();
    await browser.call('/api/auth/sign-in', {
      body: { email: cast.owner.email, password: cast.owner.password },
    });
    const second = await createWorkspace(cast.owner);
    for (const { id } of [second, cast.workspace]) {
      expect((await browser.call(`/api/workspaces/${id}/switch`, { method: 'POST' })).status).toBe(204);
      expect(browser.cookie('workspace')).toBe(id);
    }
    const refused = await browser.call(`/api/workspaces/${cast.otherWorkspace.id}/switch`, {
      method: 'POST',
    });
    expect(refused.status).toBe(404);
    expect(browser.cookie('workspace')).toBe(cast.workspace.id);
  });

  test('the header goes before the cookie, so that two tabs in two workspaces don’t mix', async () => {
    const person = await signUp();
    const [first, second] = [await createWorkspace(person), await createWorkspace(person)];
    await addMember(second, 'member');
    const browser = new BrowserSession();
    await browser.call('/api/auth/sign-in', { body: { email: person.email, password: person.password } });
    await browser.call(`/api/workspaces/${first.id}/switch`, { method: 'POST' });
    const seen = async (headers?: Record<string, string>) =>
      (await browser.call<Listed<unknown>>('/api/members', { headers })).body.items.length;
    expect(await seen()).toBe(1);
    expect(await seen({ 'x-workspace-id': second.id })).toBe(2);
  });
});

describe('roles', () => {
  test('members read the list and change nothing in it', async () => {
    const list = await call<Listed<{ user_id: string; role: string; email: string }>>('/api/members', {
      as: cast.member,
      workspace: cast.workspace,
    });
    expect(new Map(list.body.items.map((row) => [row.user_id, row.role]))).toEqual(
      await rolesOf(cast.workspace),
    );
    const target = `/api/members/${cast.admin.userId}`;
    expect((await patch(target, cast.member, { role: 'member' }, cast.workspace)).status).toBe(403);
    expect((await remove(target, cast.member, cast.workspace)).status).toBe(403);
    const self = await patch(
      `/api/members/${cast.member.userId}`,
      cast.member,
      { role: 'owner' },
      cast.workspace,
    );
    expect(self.status).toBe(403);
  });

  test('not even past the app: the Data API refuses a member who makes himself an admin', async () => {
    const { workspace, member } = cast;
    const { data } = await member.supabase
      .from('workspace_members')
      .update({ role: 'admin' })
      .eq('workspace_id', workspace.id)
      .eq('user_id', member.userId)
      .select();
    expect(data).toEqual([]);
    expect((await rolesOf(workspace)).get(member.userId)).toBe('member');
  });

  test('admins make and unmake admins, and leave owners alone', async () => {
    const { workspace, admin, owner } = cast;
    const joining = await addMember(workspace);
    const path = `/api/members/${joining.userId}`;
    expect((await patch(path, admin, { role: 'admin' }, workspace)).status).toBe(200);
    expect((await patch(path, admin, { role: 'owner' }, workspace)).status).toBe(403);
    expect((await patch(`/api/members/${admin.userId}`, admin, { role: 'owner' }, workspace)).status).toBe(
      403,
    );
    expect((await patch(`/api/members/${owner.userId}`, admin, { role: 'member' }, workspace)).status).toBe(
      403,
    );
    expect((await remove(`/api/members/${owner.userId}`, admin, workspace)).status).toBe(403);
    expect((await remove(path, admin, workspace)).status).toBe(204);
    expect((await rolesOf(workspace)).has(joining.userId)).toBe(false);
  });

  test('a stranger is nowhere to be found, from either side', async () => {
    const { workspace, admin, stranger, member } = cast;
    expect((await call('/api/members', { as: stranger, workspace })).status).toBe(404);
    expect((await remove(`/api/members/${member.userId}`, stranger, workspace)).status).toBe(404);
    expect(
      (await patch(`/api/members/${stranger.userId}`, admin, { role: 'member' }, workspace)).status,
    ).toBe(404);
    expect((await remove(`/api/members/${stranger.userId}`, admin, workspace)).status).toBe(404);
  });

  test('who was removed is out at once', async () => {
    const joining = await addMember(cast.workspace);
    expect((await call('/api/members', { as: joining, workspace: cast.workspace })).status).toBe(200);
    await remove(`/api/members/${joining.userId}`, cast.owner, cast.workspace);
    expect((await call('/api/members', { as: joining, workspace: cast.workspace })).status).toBe(404);
  });
});

describe('a workspace always has an owner', () => {
  test('its only owner can neither leave nor step down nor be removed', async () => {
    const { workspace, owner } = cast;
    const attempts = [
      await post(`/api/workspaces/${workspace.id}/leave`, owner),
      await patch(`/api/members/${owner.userId}`, owner, { role: 'admin' }, workspace),
      await remove(`/api/members/${owner.userId}`, owner, workspace),
    ];
    for (const { status, body } of attempts) {
      expect(status).toBe(409);
      expect(body.error.code).toBe('last_owner');
    }
  });

  test('of two owners who leave at the same moment one stays', async () => {
    const first = await signUp();
    const workspace = await createWorkspace(first);
    const second = await addMember(workspace, 'owner');
    const statuses = await Promise.all(
      [first, second].map(async (each) => (await post(`/api/workspaces/${workspace.id}/leave`, each)).status),
    );
    expect(statuses.sort()).toEqual([204, 409]);
    expect([...(await rolesOf(workspace)).values()]).toEqual(['owner']);
  });

  test('ownership passes to a member, who is the only one to give it back', async () => {
    const owner = await signUp();
    const workspace = await createWorkspace(owner);
    const heir = await addMember(workspace, 'member');
    const path = `/api/workspaces/${workspace.id}/transfer`;
    expect((await post(path, owner, { user_id: cast.stranger.userId })).status).toBe(404);
    expect((await post(path, heir, { user_id: heir.userId })).status).toBe(403);
    expect((await post(path, owner, { user_id: heir.userId })).status).toBe(204);
    expect(await rolesOf(workspace)).toEqual(
      new Map([
        [owner.userId, 'admin'],
        [heir.userId, 'owner'],
      ]),
    );
    expect((await post(path, owner, { user_id: owner.userId })).status).toBe(403);
    expect((await post(`/api/workspaces/${workspace.id}/leave`, owner)).status).toBe(204);
  });
});

describe('an invitation by mail', () => {
  test('lets in the address it was sent to, with its role, once', async () => {
    const email = uniqueEmail();
    const { token } = await mailInvite(cast.admin, cast.workspace, email, 'admin');
    const invited = await signUp({ email });
    expect((await accept(invited, token)).status).toBe(200);
    expect((await rolesOf(cast.workspace)).get(invited.userId)).toBe('admin');
    // pressed twice: nothing is wrong, they are in
    expect((await accept(invited, token)).status).toBe(200);
    await remove(`/api/members/${invited.userId}`, cast.owner, cast.workspace);
    expect((await accept(invited, token)).status).toBe(410);
  });

  test('refuses another account and keeps working for the right one', async () => {
    const email = uniqueEmail();
    const { token } = await mailInvite(cast.owner, cast.workspace, email);
    const refused = await accept(cast.stranger, token);
    expect(refused.status).toBe(403);
    expect(refused.body.error.code).toBe('wrong_account');
    expect((await accept(await signUp({ email }), token)).status).toBe(200);
  });

  test('works for nobody once it is withdrawn, has run out, or was sent again', async () => {
    const revoked = await mailInvite(cast.admin, cast.workspace, uniqueEmail());
    expect((await remove(`/api/invitations/${revoked.id}`, cast.admin, cast.workspace)).status).toBe(204);
    expect((await remove(`/api/invitations/${revoked.id}`, cast.admin, cast.workspace)).status).toBe(404);
    expect((await accept(await signUp(), revoked.token)).status).toBe(410);

    const late = await mailInvite(cast.admin, cast.workspace, uniqueEmail());
    await sql()`update invitations set expires_at = now() - interval '1 minute' where id = ${late.id}`;
    expect((await accept(await signUp(), late.token)).status).toBe(410);

    const email = uniqueEmail();
    const again = await mailInvite(cast.admin, cast.workspace, email);
    const resent = await post(`/api/invitations/${again.id}/resend`, cast.admin, undefined, cast.workspace);
    expect(resent).toMatchObject({ status: 200, body: { mail: 'sent', link: null } });
    expect((await accept(await signUp({ email }), again.token)).status).toBe(404);
  });

  test('an address has one open invitation; one that ran out doesn’t stand in the way', async () => {
    const email = uniqueEmail();
    const first = await invite(cast.admin, cast.workspace, { email });
    const again = await call<Failure>('/api/invitations', {
      as: cast.admin,
      workspace: cast.workspace,
      body: { email },
    });
    expect(again.status).toBe(409);
    expect(again.body.error.fields).toHaveProperty('email');
    await sql()`update invitations set expires_at = now() - interval '1 minute' where id = ${first.id}`;
    await invite(cast.admin, cast.workspace, { email });
  });

  test('whoever is in already isn’t invited again', async () => {
    const answer = await call<Failure>('/api/invitations', {
      as: cast.admin,
      workspace: cast.workspace,
      body: { email: cast.member.email.toUpperCase() },
    });
    expect(answer.status).toBe(409);
    expect(answer.body.error.fields).toHaveProperty('email');
  });

  test('the token is in the mail alone: neither lists nor the log nor the database hold it', async () => {
    const { id, token } = await mailInvite(cast.admin, cast.workspace, uniqueEmail());
    const [row] = await sql()`select * from invitations where id = ${id}`;
    const [log] = await sql()`select * from audit_log where entity_id = ${id}`;
    const list = await call('/api/invitations', { as: cast.admin, workspace: cast.workspace });
    const audit = await call('/api/audit-log', { as: cast.admin, workspace: cast.workspace });
    const everything = JSON.stringify([row, log, list.body, audit.body]);
    expect(everything).toContain(id);
    expect(everything).not.toContain(token);
    const stored = String(row?.token_hash);
    expect(JSON.stringify([log, list.body, audit.body])).not.toContain(stored);
  });

  test('who has only the account, not the mail, gets the mail and nothing else', async () => {
    const email = uniqueEmail();
    const { id, token } = await mailInvite(cast.admin, cast.workspace, email);
    const invited = await signUp({ email });
    expect((await post(`/api/invitations/${id}/remind`, cast.stranger)).status).toBe(404);
    const answer = await post(`/api/invitations/${id}/remind`, invited);
    expect(answer).toMatchObject({ status: 204, body: '' });
    const mailed = async () => {
      const response = await fetch(`${testStack().mailUrl}/api/messages?to=${email}`);
      const mails = (await response.json()) as { links: string[] }[];
      return mails.map((mail) => tokenOf(mail.links[0])).filter((each) => each !== token);
    };
    await expect.poll(mailed, { timeout: 20_000 }).toHaveLength(1);
    const tokens = await mailed();
    expect((await accept(invited, token)).status).toBe(404);
    expect((await accept(invited, tokens[0] ?? '')).status).toBe(200);
  });
});

describe('an invitation by link', () => {
  test('is shown once and lets in whoever holds it, until it is withdrawn', async () => {
    const issued = await invite(cast.admin, cast.workspace, { role: 'member' });
    expect(issued).toMatchObject({ mail: 'none', email: null });
    const token = tokenOf(issued.link);
    const [first, second] = [await signUp(), await signUp()];
    expect((await accept(first, token)).status).toBe(200);
    expect((await accept(second, token)).status).toBe(200);
    await remove(`/api/invitations/${issued.id}`, cast.admin, cast.workspace);
    expect((await accept(await signUp(), token)).status).toBe(410);
    expect((await rolesOf(cast.workspace)).get(second.userId)).toBe('member');
  });

  test('nobody is invited as an owner, and members invite nobody', async () => {
    const { workspace, admin, member, stranger } = cast;
    const owner = await call<Failure>('/api/invitations', { as: admin, workspace, body: { role: 'owner' } });
    expect(owner.body.error.fields).toHaveProperty('role');
    const statuses = [member, stranger].map(
      async (as) => (await call('/api/invitations', { as, workspace, body: {} })).status,
    );
    expect(await Promise.all(statuses)).toEqual([403, 404]);
    expect((await call('/api/invitations', { as: member, workspace })).status).toBe(403);
  });

  test('a made-up token opens nothing', async () => {
    expect((await accept(cast.stranger, unique())).status).toBe(404);
    expect((await call('/api/invitations/accept', { body: { token: unique() } })).status).toBe(401);
  });
});

describe('the page of an invitation', () => {
  const page = (token: string) => call<string>(`/invitations/${token}`) as Promise<Answer<string>>;

  test('shows the signed-out workspace, inviter and role, and the way back through sign-in', async () => {
    const email = uniqueEmail();
    const { token } = await mailInvite(cast.admin, cast.workspace, email, 'admin');
    const { status, body } = await page(token);
    expect(status).toBe(200);
    expect(body).toContain(cast.admin.fullName.replaceAll("'", '&#x27;'));
    expect(body).toContain('Admin');
    expect(body).toContain(`next=%2Finvitations%2F${token}`);
  });

  test('says what is the case with one that can’t be used', async () => {
    const { id, token } = await mailInvite(cast.admin, cast.workspace, uniqueEmail());
    await sql()`update invitations set expires_at = now() - interval '1 minute' where id = ${id}`;
    expect((await page(token)).body).toContain('This invitation has expired');
    await remove(`/api/invitations/${id}`, cast.admin, cast.workspace);
    expect((await page(token)).body).toContain('This invitation was withdrawn');
    expect((await page(unique())).body).toContain('There is no such invitation');
  });

  test('tells another account whom it is for', async () => {
    const email = uniqueEmail();
    const { token } = await mailInvite(cast.admin, cast.workspace, email);
    const browser = new BrowserSession();
    await browser.call('/api/auth/sign-in', {
      body: { email: cast.stranger.email, password: cast.stranger.password },
    });
    const { body } = await browser.call<string>(`/invitations/${token}`);
    expect(body).toContain(email);
    expect(body).toContain(cast.stranger.email);
    expect(body).not.toContain('Accept the invitation');
  });
});

describe('the audit log', () => {
  test('holds who changed what, before and after, newest first, page by page', async () => {
    const owner = await signUp();
    const workspace = await createWorkspace(owner);
    const path = `/api/workspaces/${workspace.id}`;
    for (const name of ['One', 'Two', 'Three']) await patch(path, owner, { name });
    type Entry = { id: string; action: string; actor: string; before: object; after: object };
    type Page = { items: Entry[]; next: { before_at: string; after_id: string } | null };
    const read = async (query: string) =>
      (await call<Page>(`/api/audit-log?${query}`, { as: owner, workspace })).body;

    const first = await read('entity=workspaces&limit=2');
    expect(first.items).toMatchObject([
      {
        action: 'workspaces.updated',
        actor: owner.fullName,
        before: { name: 'Two' },
        after: { name: 'Three' },
      },
      { action: 'workspaces.updated', before: { name: 'One' }, after: { name: 'Two' } },
    ]);
    const rest = await read(`entity=workspaces&limit=2&${new URLSearchParams(first.next ?? {})}`);
    expect(rest.items.map(({ action }) => action)).toEqual(['workspaces.updated', 'workspaces.created']);
    const everything = await read('limit=200');
    expect(new Set(everything.items.map(({ id }) => id)).size).toBe(everything.items.length);
  });

  test('is for admins, and for nobody of another workspace', async () => {
    const { workspace, member, stranger, admin } = cast;
    const status = async (as: Actor) => (await call('/api/audit-log', { as, workspace })).status;
    expect(await Promise.all([member, stranger, admin].map(status))).toEqual([403, 404, 200]);
    const { data } = await member.supabase.rpc('list_audit_log', { workspace: workspace.id });
    expect(data).toEqual([]);
  });
});
