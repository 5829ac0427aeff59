import 'server-only';
import { unwrap } from '@/lib/errors';
import type { Log } from '@/lib/logger';
import type { Json } from '@/lib/supabase/database.types';
import type { Client } from '@/lib/supabase/server';
import type { Fields } from '@/modules/campaigns/schema';
import { maxBodyLength, maxSegments } from './domain';
import { fillText } from './fill';

/** Texts a call: what the Data API takes in well under a second. */
const chunkSize = 500;

type Chunk = {
  batch: string;
  workspace: string;
  body: string;
  rows: { id: string; fields: Fields; is_first: boolean }[];
};

/** One text of a batch as `write_texts` takes it: as it will be sent, or why it isn't. */
function writeOne(body: string, { id, fields, is_first }: Chunk['rows'][number]) {
  const { text, missing, segments } = fillText(body, fields, { isFirst: is_first });
  if (missing.length > 0) return { id, left_out: 'missing_fields' };
  if (segments > maxSegments || text.length > maxBodyLength) return { id, left_out: 'too_long' };
  // a text that its fields leave empty has nothing to say
  return text ? { id, body: text, segments } : { id, left_out: 'missing_fields' };
}

/**
 * Writes one chunk of the texts of a batch, each for its own person. Safe to kill and to run twice at once: a text is written
 * by whoever comes first, with the same words.
 * @param only one workspace's batches alone
 * @returns how many were written or left out; 0: none waits to be written
 */
export async function writeBatches(
  { admin, log }: { admin: Client; log: Log },
  only?: string,
): Promise<number> {
  const read = await admin.rpc('read_unwritten_texts', {
    page_size: chunkSize,
    ...(only && { only_workspace: only }),
  });
  const chunk = unwrap(read) as unknown as Chunk | null;
  if (!chunk) return 0;
  const texts = chunk.rows.map((row) => {
    try {
      return writeOne(chunk.body, row);
    } catch (error) {
      log.error({ err: error, text: row.id, batch: chunk.batch }, 'a text of a batch could not be written');
      return { id: row.id, left_out: 'missing_fields' };
    }
  });
  unwrap(await admin.rpc('write_texts', { batch: chunk.batch, texts: texts as unknown as Json }));
  return chunk.rows.length;
}
