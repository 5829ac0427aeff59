import 'server-only';
import { drain } from '@/lib/drain';
import { AppError, unwrap } from '@/lib/errors';
import type { CronContext } from '@/lib/http/cron';
import { filesBucket } from './domain';

/**
 * Cleans up: uploads that were announced an hour ago and never came, files that were deleted a day ago, and the objects of
 * every file whose row is gone. An object is removed before its removal is forgotten, so a run that dies loses none.
 * @returns how many rows and objects went
 * @throws {AppError} `unavailable` where storage doesn't answer; the next run goes on
 */
export async function cleanUploads({ admin, timeLeftMs }: CronContext) {
  const expired = await drain(async () => unwrap(await admin.rpc('expire_files')), timeLeftMs);
  const removed = await drain(async () => {
    const paths = unwrap(await admin.rpc('claim_removals')) ?? [];
    if (paths.length === 0) return 0;
    const { error } = await admin.storage.from(filesBucket).remove(paths);
    if (error) throw new AppError('unavailable', { userMessage: 'Storage doesn’t answer', cause: error });
    unwrap(await admin.rpc('finish_removals', { paths }));
    return paths.length;
  }, timeLeftMs);
  return { expired, removed };
}
