import 'server-only';
import { unwrap } from '@/lib/errors';
import type { Client } from '@/lib/supabase/server';
import type { SubjectKind } from '@/modules/tasks/domain';
import type { StoredFile } from './domain';

/**
 * The files of a subject, the newest first. One round trip; the function checks membership.
 * @throws {AppError} `not_found` for a workspace or a subject that isn't the caller's
 */
export async function listFiles(
  supabase: Client,
  workspaceId: string,
  { subject, id }: { subject: SubjectKind; id: string },
): Promise<{ rows: StoredFile[] }> {
  const rows = unwrap(
    await supabase.rpc('list_files', { workspace: workspaceId, subject, subject_id: id }),
  ) as unknown as StoredFile[];
  return { rows };
}
