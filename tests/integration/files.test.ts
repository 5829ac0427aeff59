/** What files promise: private, capped, known by their bytes, and gone when they should be. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { call, type Failure } from '../support/app';
import { sql } from '../support/db';
import {
  type Actor,
  type Cast,
  createCast,
  createPerson,
  createWorkspace,
  type Workspace,
} from '../support/factories';
import { makeCard, runWholeCron, setTier } from '../support/work';

type Upload = { id: string; path: string; uploadUrl: string };
type StoredFile = {
  id: string;
  path: string;
  title: string;
  mime: string;
  size_bytes: number;
  is_viewable: boolean;
};

const pdf = new TextEncoder().encode('%PDF-1.7\nA lease.\n%%EOF\n');
const png = new Uint8Array([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52,
]);
const html = new TextEncoder().encode('<!doctype html><script>alert(1)</script>');

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
  await setTier(cast.workspace, 'pro');
});

const ask = <T = Record<string, unknown>>(
  path: string,
  method = 'GET',
  body?: unknown,
  as: Actor = cast.member,
) => call<T>(`/api/${path}`, { as, workspace: cast.workspace, method, body });

async function sign(
  subject: Record<string, string>,
  title = 'Lease.pdf',
  size = pdf.length,
): Promise<Upload> {
  const { status, body } = await ask<{ uploads: Upload[] }>('files/sign', 'POST', {
    files: [{ title, size }],
    ...subject,
  });
  expect(status).toBe(201);
  const [upload] = body.uploads;
  if (!upload) throw new Error('nothing was signed');
  return upload;
}

async function put(upload: { uploadUrl: string }, bytes: Uint8Array, type: string): Promise<number> {
  const response = await fetch(upload.uploadUrl, {
    method: 'PUT',
    headers: { 'content-type': type },
    body: bytes as BodyInit,
  });
  await response.arrayBuffer();
  return response.status;
}

const register = (id: string, as: Actor = cast.member) => ask<StoredFile>('files', 'POST', { id }, as);

async function keep(
  subject: Record<string, string>,
  title = 'Lease.pdf',
  bytes = pdf,
  type = 'application/pdf',
) {
  const upload = await sign(subject, title, bytes.length);
  expect(await put(upload, bytes, type)).toBe(200);
  const { status, body } = await register(upload.id);
  expect(status).toBe(201);
  return body;
}

const view = (path: string, as: Actor | undefined = cast.member, more = '') =>
  call(`/api/storage/signed-view?bucket=crm-files&path=${encodeURIComponent(path)}${more}`, { as });

const objects = async (path: string) =>
  (await sql()`select 1 from storage.objects where bucket_id = 'crm-files' and name = ${path}`).length;

describe('a file', () => {
  test('goes straight to storage under a key of ours, is listed, and is seen by its workspace alone', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const file = await keep({ person_id: person.id }, '../../Lease 7.pdf');
    expect(file).toMatchObject({
      title: 'Lease 7.pdf',
      mime: 'application/pdf',
      size_bytes: pdf.length,
      is_viewable: true,
      path: `${cast.workspace.id}/${file.id}`,
    });
    const listed = await ask<{ rows: StoredFile[] }>(`files?subject=person&id=${person.id}`);
    expect(listed.body.rows).toMatchObject([{ id: file.id, uploader: cast.member.fullName }]);

    const seen = await view(file.path, cast.admin);
    expect(seen.status).toBe(302);
    const object = await fetch(seen.headers.get('location') ?? '');
    expect(object.headers.get('content-type')).toBe('application/pdf');
    expect(object.headers.get('content-disposition')).toBeNull();
    expect(new Uint8Array(await object.arrayBuffer())).toEqual(pdf);
    expect((await view(file.path, cast.stranger)).status).toBe(404);
    expect((await call(`/api/storage/signed-view?bucket=crm-files&path=${file.path}`)).status).toBe(401);
  });

  test('may be registered twice, and is one', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const upload = await sign({ person_id: person.id });
    await put(upload, pdf, 'application/pdf');
    const [first, second] = [await register(upload.id), await register(upload.id)];
    expect(first.body.id).toBe(second.body.id);
    expect((await ask<{ rows: unknown[] }>(`files?subject=person&id=${person.id}`)).body.rows).toHaveLength(
      1,
    );
  });

  test('of the kind that a browser would run is only ever saved, under its name', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    // a real picture that calls itself a page
    const file = await keep({ person_id: person.id }, 'Plan “2”.png', png, 'text/html');
    expect(file).toMatchObject({ mime: 'image/png', is_viewable: false });
    const seen = await view(file.path);
    const object = await fetch(seen.headers.get('location') ?? '');
    expect(object.headers.get('content-disposition')).toMatch(/^attachment; filename\*?=/);
    expect(decodeURIComponent(object.headers.get('content-disposition') ?? '')).toContain('Plan “2”.png');
    await object.arrayBuffer();
  });

  test('is deleted and comes back; deleted it can’t be seen', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const file = await keep({ person_id: person.id });
    expect((await ask(`files/${file.id}`, 'DELETE')).status).toBe(204);
    expect((await view(file.path)).status).toBe(404);
    expect((await ask(`files/${file.id}/restore`, 'POST')).status).toBe(204);
    expect((await view(file.path)).status).toBe(302);
  });
});

describe('what is refused', () => {
  test('a page, a program or a script, whatever they call themselves; nothing of them is listed', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    for (const [title, bytes, type] of [
      ['Lease.pdf', html, 'application/pdf'],
      ['Plan.png', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/png'],
      ['Setup.exe', pdf, 'application/pdf'],
      ['Notes.txt', new TextEncoder().encode('#!/bin/sh\nls'), 'text/plain'],
    ] as const) {
      const upload = await sign({ person_id: person.id }, title, bytes.length);
      await put(upload, bytes, type);
      const { status, body } = await ask<Failure>('files', 'POST', { id: upload.id });
      expect([status, body.error.code]).toEqual([415, 'unsupported_file']);
      expect((await view(upload.path)).status).toBe(404);
    }
    expect((await ask<{ rows: unknown[] }>(`files?subject=person&id=${person.id}`)).body.rows).toEqual([]);
  });

  test('an empty or too large one before it is sent; one that never arrived; another’s upload', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const announce = (size: number) =>
      ask<Failure>('files/sign', 'POST', { files: [{ title: 'x.pdf', size }], person_id: person.id });
    expect((await announce(0)).status).toBe(400);
    expect((await announce(50 * 1024 * 1024 + 1)).status).toBe(413);
    const upload = await sign({ person_id: person.id });
    expect((await register(upload.id)).status).toBe(404);
    await put(upload, pdf, 'application/pdf');
    expect((await register(upload.id, cast.admin)).status).toBe(404);
    expect((await register(upload.id)).status).toBe(201);
  });

  test('more bytes than were announced are refused by storage itself above 50 MB', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const upload = await sign({ person_id: person.id }, 'x.bin', 10);
    expect(await put(upload, new Uint8Array(50 * 1024 * 1024 + 1), 'application/octet-stream')).toBe(400);
    expect((await register(upload.id)).status).toBe(404);
  });

  test('every path that isn’t exactly a file of the caller’s, before anything is signed', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const file = await keep({ person_id: person.id });
    const theirWorkspace = cast.otherWorkspace.id;
    for (const path of [
      `${cast.workspace.id}/../${theirWorkspace}/${file.id}`,
      `${theirWorkspace}/../${file.path}`,
      `../${file.path}`,
      `/${file.path}`,
      `${file.path}/`,
      `${file.path}%2e%2e`,
      `${cast.workspace.id}/${randomUUID()}`,
      `${theirWorkspace}/${file.id}`,
      cast.workspace.id,
      '',
      'x\u0000y',
    ]) {
      const { status, headers } = await view(path);
      expect([400, 404]).toContain(status);
      expect(headers.get('location')).toBeNull();
    }
    const wrongBucket = `/api/storage/signed-view?bucket=imports&path=${file.path}`;
    expect((await call(wrongBucket, { as: cast.member })).status).toBe(404);
    expect((await view(file.path, cast.member, '&expires=9')).status).toBe(400);
  });

  test('a stranger’s subject, file and upload are not there', async () => {
    const theirs = await createPerson(cast.stranger, cast.otherWorkspace);
    const card = await makeCard(cast.stranger, cast.otherWorkspace);
    const mine = await keep({ person_id: (await createPerson(cast.member, cast.workspace)).id });
    const files = [{ title: 'x.pdf', size: 1 }];
    const statuses = [
      await ask('files/sign', 'POST', { files, person_id: theirs.id }),
      await ask('files/sign', 'POST', { files, verification_id: card.id }),
      await ask(`files?subject=verification&id=${card.id}`),
      await ask(`verification/${card.id}/files`),
      await ask(`verification/${card.id}/files/sign`, 'POST', { filename: 'x.pdf' }),
      await ask('files', 'POST', { id: randomUUID() }),
      await call(`/api/files/${mine.id}`, {
        as: cast.stranger,
        workspace: cast.otherWorkspace,
        method: 'DELETE',
      }),
    ].map(({ status }) => status);
    expect(statuses).toEqual(Array(statuses.length).fill(404));
  });

  test('an upload past our routes: no key but an announced one, and none twice', async () => {
    const bucket = (as: Actor) => as.supabase.storage.from('crm-files');
    const person = await createPerson(cast.member, cast.workspace);
    const blob = new Blob([pdf], { type: 'application/pdf' });
    expect(
      (await bucket(cast.member).upload(`${cast.workspace.id}/${randomUUID()}`, blob)).error,
    ).not.toBeNull();
    const upload = await sign({ person_id: person.id });
    expect((await bucket(cast.stranger).upload(upload.path, blob)).error).not.toBeNull();
    expect((await bucket(cast.admin).upload(upload.path, blob)).error).not.toBeNull();
    expect(await put(upload, pdf, 'application/pdf')).toBe(200);
    expect(await put(upload, html, 'text/html')).not.toBe(200);
    await register(upload.id);
    expect((await bucket(cast.member).upload(upload.path, blob, { upsert: true })).error).not.toBeNull();
    await bucket(cast.member).remove([upload.path]);
    expect(await objects(upload.path)).toBe(1);
    // what a file is, nobody says but the server
    const lie = await cast.member.supabase.from('files').update({ mime: 'text/html' }).eq('id', upload.id);
    expect(lie.error).not.toBeNull();
  });
});

describe('the cap of a card on beta', () => {
  const signCard = (workspace: Workspace, card: string) =>
    call<{ path: string; signedUrl: string } & Failure>(`/api/verification/${card}/files/sign`, {
      as: cast.owner,
      workspace,
      body: { filename: 'Lease.pdf', size: pdf.length },
    });

  test('the fourth file is refused with the plan it needs, and nothing of it is left', async () => {
    const workspace = await createWorkspace(cast.owner);
    const card = await makeCard(cast.owner, workspace);
    for (let n = 0; n < 3; n += 1) {
      const { status, body } = await signCard(workspace, card.id);
      expect(status).toBe(201);
      expect(await put({ uploadUrl: body.signedUrl }, pdf, 'application/pdf')).toBe(200);
      const registered = await call(`/api/verification/${card.id}/files`, {
        as: cast.owner,
        workspace,
        body: { path: body.path },
      });
      expect(registered.status).toBe(201);
    }
    const before = await sql()`select name from storage.objects where name like ${`${workspace.id}/%`}`;
    const fourth = await signCard(workspace, card.id);
    expect(fourth.status).toBe(403);
    expect(fourth.body.error).toMatchObject({
      code: 'tier_required',
      needs: { feature: 'files_uncapped', tier: 'pro' },
    });
    const after = await sql()`select name from storage.objects where name like ${`${workspace.id}/%`}`;
    expect(after).toHaveLength(before.length);
    expect(await sql()`select 1 from files where workspace_id = ${workspace.id}`).toHaveLength(3);
    // deleting one makes room; bringing it back doesn't
    const [gone] = await sql()`select id, path from files where workspace_id = ${workspace.id} limit 1`;
    const deleted = await call(
      `/api/verification/${card.id}/files?path=${encodeURIComponent(String(gone?.path))}`,
      { as: cast.owner, workspace, method: 'DELETE' },
    );
    expect(deleted.status).toBe(204);
    expect((await signCard(workspace, card.id)).status).toBe(201);
    const back = await call(`/api/files/${gone?.id}/restore`, { as: cast.owner, workspace, method: 'POST' });
    expect(back.status).toBe(403);
    await setTier(workspace, 'pro');
    expect((await signCard(workspace, card.id)).status).toBe(201);
  });

  test('two at once can’t both be the third', async () => {
    const workspace = await createWorkspace(cast.owner);
    const card = await makeCard(cast.owner, workspace);
    await signCard(workspace, card.id);
    await signCard(workspace, card.id);
    const answers = await Promise.all([1, 2, 3, 4].map(() => signCard(workspace, card.id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403, 403]);
  });

  test('several at once are the premium plan’s', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const body = { files: [1, 2].map((n) => ({ title: `${n}.pdf`, size: 1 })), person_id: person.id };
    const refused = await ask<Failure>('files/sign', 'POST', body);
    expect(refused.status).toBe(403);
    expect(refused.body.error).toMatchObject({ needs: { feature: 'files_bulk', tier: 'premium' } });
    await setTier(cast.workspace, 'premium');
    const taken = await ask<{ uploads: Upload[] }>('files/sign', 'POST', body);
    expect(taken.body.uploads).toHaveLength(2);
    await setTier(cast.workspace, 'pro');
  });
});

describe('cleaning up', () => {
  test('an upload that never registers goes with its object; one that is under way stays', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const [lost, pending] = [await sign({ person_id: person.id }), await sign({ person_id: person.id })];
    await put(lost, pdf, 'application/pdf');
    await put(pending, pdf, 'application/pdf');
    await sql()`update files set created_at = now() - interval '61 minutes' where id = ${lost.id}`;
    await runWholeCron('clean-uploads');
    expect(await sql()`select id from files where id in ${sql()([lost.id, pending.id])}`).toEqual([
      { id: pending.id },
    ]);
    expect([await objects(lost.path), await objects(pending.path)]).toEqual([0, 1]);
    expect((await register(lost.id)).status).toBe(404);
    // the address is still good for a while: what comes late goes as well
    expect(await put(lost, pdf, 'application/pdf')).toBe(200);
    await sql()`update storage_removals set due_at = now(), until_at = now() where path = ${lost.path}`;
    await runWholeCron('clean-uploads');
    expect(await objects(lost.path)).toBe(0);
    expect(await sql()`select 1 from storage_removals where path = ${lost.path}`).toHaveLength(0);
  });

  test('a deleted file goes for good after a day, and with the record it hung on at once', async () => {
    const person = await createPerson(cast.member, cast.workspace);
    const [file, fresh] = [await keep({ person_id: person.id }), await keep({ person_id: person.id })];
    await ask(`files/${file.id}`, 'DELETE');
    await ask(`files/${fresh.id}`, 'DELETE');
    await sql()`update files set deleted_at = now() - interval '25 hours' where id = ${file.id}`;
    await runWholeCron('clean-uploads');
    expect([await objects(file.path), await objects(fresh.path)]).toEqual([0, 1]);
    await sql()`delete from people where id = ${person.id}`;
    await runWholeCron('clean-uploads');
    expect(await objects(fresh.path)).toBe(0);
  });
});
