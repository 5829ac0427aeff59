import type { Log } from '@/lib/logger';
import type { Client } from '@/lib/supabase/server';
import { isTransient, Transient } from '@/modules/imports/runner-errors';

/** Numbers a call, at first; a thousand take about half a second. */
const PAGE = 1_000;

type Deps = {
  /** The service role. */
  admin: Client;
  log: Log;
  /** Whether to go on; asked before each step. */
  isTimeLeft: () => boolean;
};

/**
 * Makes the calling desk's rows of the numbers that imports left waiting, some at a time, until none waits. Safe to kill at any point
 * and to run twice at once: each step is one transaction, and who is at a number is passed over. What goes wrong is only logged,
 * and the numbers wait for the next time.
 * @returns how many steps were made
 */
export async function followNumbers({ admin, log, isTimeLeft }: Deps): Promise<number> {
  let page = PAGE;
  let steps = 0;
  while (isTimeLeft()) {
    const { data: isMore, error, status } = await admin.rpc('follow_call_targets', { page_size: page });
    if (error) {
      const isTooMuch =
        isTransient(error.code, status) && new Transient(error.message, error.code).isTimeout && page > 1;
      log[isTooMuch ? 'warn' : 'error']({ err: error, page }, 'numbers could not be put on the desk');
      if (!isTooMuch) break;
      page >>= 1;
      continue;
    }
    if (!isMore) break;
    steps += 1;
  }
  return steps;
}
