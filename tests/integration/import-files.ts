/** Lists for the tests of imports, and the way from a file to its results over the API. */
import { readFile } from 'node:fs/promises';
import type { ImportDetail, ImportRowView, ImportSummary } from '../../modules/imports/queries';
import type { ImportPhase } from '../../modules/imports/schema';
import type { Mappable } from '../../modules/imports/service';
import { type Answer, call, type Failure } from '../support/app';
import { type Actor, unique, type Workspace } from '../support/factories';

/** A member and where they import to. */
export type Importer = { actor: Actor; workspace: Workspace };

/** The bytes of a fixture. */
export const fixture = (name: string) =>
  readFile(new URL(`../fixtures/imports/${name}`, import.meta.url)) as Promise<Buffer>;

/** A generic list of contacts, one line each; addresses are new in every run. */
export function contactList(count: number): { csv: string; emails: string[] } {
  const tag = unique();
  const emails = Array.from({ length: count }, (_, index) => `p${index}.${tag}@list.example`);
  const lines = emails.map((email, index) => `Pat${index},Lister${tag},${email}`);
  return { csv: ['First name,Last name,Email', ...lines, ''].join('\n'), emails };
}

const at = ({ actor, workspace }: Importer) => ({ as: actor, workspace });

/** Announces a list and puts it into storage, as the drop zone does. */
export async function upload(
  importer: Importer,
  file: string | Uint8Array,
  fileName = 'list.csv',
): Promise<string> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  const { body } = await call<{ id: string; uploadUrl: string }>('/api/imports', {
    ...at(importer),
    body: { fileName, size: bytes.byteLength },
  });
  const put = await fetch(body.uploadUrl, {
    method: 'PUT',
    headers: { 'content-type': 'text/csv' },
    body: new Uint8Array(bytes),
  });
  if (!put.ok) throw new Error(`storage refused the list: ${put.status} ${await put.text()}`);
  return body.id;
}

/** Has the beginning of a list read. */
export const inspect = (
  importer: Importer,
  id: string,
  body: object = {},
): Promise<Answer<Mappable & Failure>> => call(`/api/imports/${id}/inspect`, { ...at(importer), body });

/** Uploads a list and takes the columns as they are suggested. */
export async function prepare(
  importer: Importer,
  file: string | Uint8Array,
  fileName?: string,
): Promise<string> {
  const id = await upload(importer, file, fileName);
  const { body } = await inspect(importer, id);
  const { preset, mapping } = body;
  const saved = await call(`/api/imports/${id}/mapping`, {
    ...at(importer),
    method: 'PUT',
    body: { preset, mapping },
  });
  if (saved.status !== 204) throw new Error(`the columns were refused: ${JSON.stringify(saved.body)}`);
  return id;
}

/** Asks until nothing is done in the background any more. */
export async function settled(importer: Importer, id: string): Promise<ImportSummary> {
  const deadline = Date.now() + 25_000;
  while (Date.now() < deadline) {
    const { body } = await call<ImportSummary>(`/api/imports/${id}`, at(importer));
    if (!['previewing', 'running', 'undoing'].includes(body.status)) return body;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the import did not end within 25 seconds');
}

/** Starts a phase and waits for its end. */
export async function phase(importer: Importer, id: string, name: ImportPhase): Promise<ImportSummary> {
  const begun = await call(`/api/imports/${id}/${name}`, { ...at(importer), method: 'POST' });
  if (begun.status !== 202) throw new Error(`${name} did not begin: ${JSON.stringify(begun.body)}`);
  return settled(importer, id);
}

/** From the file to the results. */
export async function run(
  importer: Importer,
  file: string | Uint8Array,
  fileName?: string,
): Promise<ImportSummary> {
  return phase(importer, await prepare(importer, file, fileName), 'run');
}

/** The first rows of a result. */
export async function rowsOf(importer: Importer, id: string, result?: string): Promise<ImportRowView[]> {
  const { body } = await call<{ rows: ImportRowView[] }>(
    `/api/imports/${id}/rows?limit=200${result ? `&result=${result}` : ''}`,
    at(importer),
  );
  return body.rows;
}

/** The sum of one result over all tables. */
export const sumOf = (counts: ImportDetail['counts'], result: 'created' | 'updated' | 'linked') =>
  Object.values(counts[result] ?? {}).reduce((sum, count) => sum + count, 0);
