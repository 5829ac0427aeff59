/** Notices when whoever launched this command was killed, so that no stack outlives its terminal unseen. */
import { identify, isRunning } from './processes';

const CHECK_EVERY_MS = 500;

/** The npm, shell and tsx processes that stand between the person and this process, nearest first. */
function launchers(): number[] {
  const found: number[] = [];
  let pid = process.ppid;
  for (let depth = 0; depth < 8 && pid > 1; depth++) {
    const seen = identify(pid);
    if (!seen || !/\b(npm|npx|tsx)\b/.test(seen.command)) break;
    found.push(pid);
    pid = seen.parentPid;
  }
  return found;
}

/**
 * Calls back once when one of the launching processes ended without ending this one: `npm run` killed with -9 leaves
 * its children behind, holding ports and the data directory.
 * @param onGone what to do then
 */
export function watchLaunchers(onGone: () => void): void {
  const watched = launchers();
  if (watched.length === 0) return;
  const timer = setInterval(() => {
    if (watched.every(isRunning)) return;
    clearInterval(timer);
    onGone();
  }, CHECK_EVERY_MS);
  timer.unref();
}
