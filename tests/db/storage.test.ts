/** Uploaded lists hold whole address books: the bucket keeps each workspace's apart. */
import { beforeAll, expect, test } from 'vitest';
import { anonymousClient, type Cast, createCast, type TestClient, unique } from '../support/factories';

let cast: Cast;
let path: string;
const file = () => new Blob(['name\nAda'], { type: 'text/csv' });
const bucket = (client: TestClient) => client.storage.from('imports');

beforeAll(async () => {
  cast = await createCast();
  path = `${cast.workspace.id}/${unique()}.csv`;
  const { error } = await bucket(cast.member.supabase).upload(path, file());
  expect(error).toBeNull();
});

test('a member reads what a colleague put there', async () => {
  const { data } = await bucket(cast.admin.supabase).download(path);
  expect(await data?.text()).toBe('name\nAda');
});

test('a stranger and nobody can neither read, list, replace, sign nor remove it', async () => {
  for (const client of [cast.stranger.supabase, anonymousClient()]) {
    expect((await bucket(client).download(path)).data).toBeNull();
    expect((await bucket(client).list(cast.workspace.id)).data ?? []).toEqual([]);
    expect((await bucket(client).createSignedUrl(path, 60)).data).toBeNull();
    expect((await bucket(client).upload(path, file(), { upsert: true })).error).not.toBeNull();
    expect(
      (await bucket(client).upload(`${cast.workspace.id}/${unique()}.csv`, file())).error,
    ).not.toBeNull();
    expect(
      (await bucket(client).createSignedUploadUrl(`${cast.workspace.id}/${unique()}.csv`)).data,
    ).toBeNull();
    await bucket(client).remove([path]);
  }
  const { data } = await bucket(cast.member.supabase).download(path);
  expect(await data?.text()).toBe('name\nAda');
});

test('the bucket is not public', async () => {
  const { publicUrl } = bucket(anonymousClient()).getPublicUrl(path).data;
  expect((await fetch(publicUrl)).ok).toBe(false);
});

test('a name that climbs out of the workspace folder is refused', async () => {
  const { error } = await bucket(cast.stranger.supabase).upload(
    `${cast.otherWorkspace.id}/../${cast.workspace.id}/${unique()}.csv`,
    file(),
  );
  const { data } = await bucket(cast.member.supabase).list(cast.workspace.id);
  expect(error !== null || data?.length === 1).toBe(true);
});
