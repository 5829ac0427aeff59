import 'server-only';
import { AppError, tierRequired, unwrap } from '@/lib/errors';
import type { Context, MemberContext } from '@/lib/http/context';
import type { UserContext } from '@/lib/http/route';
import { hasFeature } from '@/lib/tiers';
import { requireId } from '@/modules/records/service';
import { filesBucket, maxFileBytes, type StoredFile, type Upload } from './domain';
import type { SignFiles } from './schema';
import { sniff, sniffedBytes } from './sniff';

/** `<workspace id>/<file id>`, as the database makes it. */
const pathShape =
  /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
/** How long a link to a file is good, in seconds: long enough to be followed. */
const viewSeconds = 60;

const notFound = () => new AppError('not_found', { userMessage: 'Not found' });
const unavailable = (cause?: unknown) =>
  new AppError('unavailable', { userMessage: 'Storage doesn’t answer. Try again.', cause });

function checkSize(size: number): void {
  if (size > maxFileBytes) {
    const message = 'This file is larger than 50 MB';
    throw new AppError('too_large', { userMessage: message, fields: { size: message } });
  }
  if (size === 0) {
    const message = 'This file is empty';
    throw new AppError('invalid', { userMessage: message, fields: { size: message } });
  }
}

/**
 * Announces files, and says where to upload each: straight to storage, under keys made here. Announced files count
 * towards the tier's cap, so nothing is uploaded that couldn't be kept.
 * @returns in the order asked for
 * @throws {AppError} `tier_required` above the card's cap, and for several at once; `too_large` above 50 MB; `invalid` for
 *   an empty file; `not_found` for a subject of another workspace
 */
export async function signUploads(ctx: MemberContext, { files, ...subjects }: SignFiles): Promise<Upload[]> {
  if (files.length > 1 && !hasFeature(ctx.tier, 'files_bulk')) throw tierRequired('files_bulk');
  for (const { size } of files) checkSize(size);
  const rows = files.map(({ title }) => ({
    id: crypto.randomUUID(),
    workspace_id: ctx.workspaceId,
    title,
    created_by: ctx.userId,
    ...subjects,
  }));
  const { error } = await ctx.supabase.from('files').insert(rows);
  unwrap({ data: null, error });
  const signed = await Promise.all(
    rows.map(({ id }) =>
      ctx.supabase.storage.from(filesBucket).createSignedUploadUrl(`${ctx.workspaceId}/${id}`),
    ),
  );
  return Promise.all(
    signed.map(async ({ data, error: refusal }, n) => {
      const id = rows[n]?.id ?? '';
      if (data) return { id, path: data.path, uploadUrl: data.signedUrl };
      await Promise.all(rows.map((row) => dropUpload(ctx, row.id)));
      throw unavailable(refusal);
    }),
  );
}

/**
 * Takes an upload in once it is there: looks at what it really is, and keeps its size and type. May be repeated.
 * @param id the file's, as it was announced by the caller
 * @param cardId the card it must hang on, where it was asked for through one
 * @throws {AppError} `not_found` where nothing arrived; `unsupported_file` for programs and pages; `too_large`, `invalid`
 *   (empty). A refused one is gone, and its object goes with the next cleaning.
 */
export async function registerFile(ctx: Context, id: string, cardId?: string): Promise<StoredFile> {
  const here = {
    workspace_id: ctx.workspaceId,
    id: requireId(id),
    created_by: ctx.userId,
    ...(cardId && { verification_id: requireId(cardId) }),
  };
  const [row] = unwrap(
    await ctx.supabase
      .from('files')
      .select('id, path, title, mime, size_bytes, is_viewable, created_at, uploaded_at, created_by')
      .match(here)
      .is('deleted_at', null),
  );
  if (!row) throw notFound();
  if (row.uploaded_at) return { ...row, uploader: null } as StoredFile;
  const upload = unwrap(
    await ctx.supabase.rpc('find_upload', { workspace: ctx.workspaceId, file: id }),
  ) as unknown as { path: string; title: string; arrived: boolean; size: number } | null;
  if (!upload?.arrived) {
    throw new AppError('not_found', { userMessage: 'The file never arrived. Upload it again.' });
  }
  try {
    checkSize(upload.size);
    const mime = await sniff(await readHead(ctx, upload.path), upload.title);
    if (!mime) {
      throw new AppError('unsupported_file', {
        userMessage:
          'Programs, scripts and web pages can’t be kept here. Pack it into a ZIP file if you must.',
      });
    }
    const kept = unwrap(
      await ctx.supabase.rpc('register_file', { workspace: ctx.workspaceId, file: id, seen_type: mime }),
    ) as unknown as StoredFile | null;
    if (!kept) throw notFound();
    return kept;
  } catch (error) {
    if (error instanceof AppError && error.code !== 'unavailable') await dropUpload(ctx, id);
    throw error;
  }
}

async function dropUpload(ctx: Context, id: string): Promise<void> {
  unwrap(await ctx.supabase.rpc('drop_upload', { workspace: ctx.workspaceId, file: id }));
}

/** The beginning of an object; storage may send the whole of it, so reading stops when there is enough. */
async function readHead(ctx: Context, path: string): Promise<Uint8Array> {
  const { data, error } = await ctx.supabase.storage.from(filesBucket).createSignedUrl(path, viewSeconds);
  if (error) throw unavailable(error);
  const response = await fetch(data.signedUrl, {
    headers: { range: `bytes=0-${sniffedBytes - 1}` },
    signal: AbortSignal.timeout(10_000),
  }).catch((cause: unknown) => {
    throw unavailable(cause);
  });
  if (!response.ok || !response.body) throw unavailable();
  const head = new Uint8Array(sniffedBytes);
  let filled = 0;
  for await (const piece of response.body) {
    const taken = piece.subarray(0, sniffedBytes - filled);
    head.set(taken, filled);
    filled += taken.length;
    if (filled === sniffedBytes) break;
  }
  return head.subarray(0, filled);
}

/**
 * Deletes a file, or brings it back; after a day it is gone for good.
 * @param cardId the card it must hang on, where it was asked for through one
 * @throws {AppError} `not_found`; `tier_required` where the card has its fill again
 */
export async function setFileDeleted(
  ctx: Context,
  id: string,
  deleted: boolean,
  cardId?: string,
): Promise<void> {
  const rows = unwrap(
    await ctx.supabase
      .from('files')
      .update({ deleted_at: deleted ? new Date().toISOString() : null })
      .match({
        workspace_id: ctx.workspaceId,
        id: requireId(id),
        ...(cardId && { verification_id: requireId(cardId) }),
      })
      .not('uploaded_at', 'is', null)
      .select('id'),
  );
  if (rows.length === 0) throw notFound();
}

/**
 * The file that a path names, for routes that speak of paths.
 * @throws {AppError} `not_found` for every path that isn't one of the caller's workspace
 */
export function fileIdOf(ctx: Context, path: string): string {
  const [, workspaceId, id] = pathShape.exec(path) ?? [];
  if (!id || workspaceId !== ctx.workspaceId) throw notFound();
  return id;
}

/**
 * An address at which a file can be seen for a minute. It is signed only for a file that is listed in a workspace of the
 * caller: a path by itself is worth nothing.
 * @param download saves it rather than shows it; what a browser can't safely show is always saved
 * @throws {AppError} `not_found` for any other bucket or path
 */
export async function viewAddress(
  { supabase }: UserContext,
  { bucket, path, download }: { bucket: string; path: string; download: boolean },
): Promise<string> {
  const [, workspaceId, id] = pathShape.exec(path) ?? [];
  if (bucket !== filesBucket || !workspaceId || !id) throw notFound();
  const [file] = unwrap(
    await supabase
      .from('files')
      .select('path, title, is_viewable')
      .match({ workspace_id: workspaceId, id })
      .not('uploaded_at', 'is', null)
      .is('deleted_at', null),
  );
  if (!file) throw notFound();
  const { data, error } = await supabase.storage.from(filesBucket).createSignedUrl(file.path, viewSeconds);
  if (error) throw unavailable(error);
  const address = new URL(data.signedUrl);
  if (download || !file.is_viewable) address.searchParams.set('download', file.title);
  return address.href;
}
