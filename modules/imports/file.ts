import type { ByteSource } from '@/lib/csv/source';
import { AppError } from '@/lib/errors';
import type { Client } from '@/lib/supabase/server';
import { Transient } from '@/modules/imports/runner-errors';

/** The private bucket of uploaded lists. */
export const IMPORT_BUCKET = 'imports';

/**
 * Opens an uploaded list for reading; its bytes come as they are asked for.
 * @param supabase the caller's client, or the service role
 * @param path `<workspace_id>/<import_id>.csv`
 * @throws {AppError} `not_found` where the file never arrived
 * @throws {Transient} where storage doesn't answer, or breaks off
 */
export async function openImportFile(supabase: Client, path: string): Promise<ByteSource> {
  const { data, error } = await supabase.storage.from(IMPORT_BUCKET).download(path).asStream();
  if (error) {
    const status = 'status' in error ? Number(error.status) : 0;
    if (status === 400 || status === 404) {
      throw new AppError('not_found', {
        userMessage: 'The file isn’t there. Upload it again.',
        cause: error,
      });
    }
    throw new Transient(error.message, `storage ${status}`, error);
  }
  return whole(data);
}

/** A connection that breaks off in the middle is a passing failure, not the end of the file. */
async function* whole(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new Transient('the file broke off', 'storage', cause);
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
