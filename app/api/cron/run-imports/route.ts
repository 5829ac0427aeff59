import { cron } from '@/lib/http/cron';
import { workImports } from '@/modules/imports/runner';

/** Seconds until Vercel ends the function; the wrapper's soft deadline is before it. */
export const maxDuration = 300;

export const GET = cron('run-imports', ({ admin, log, timeLeftMs }) =>
  workImports({ admin, log, timeLeftMs }),
);
