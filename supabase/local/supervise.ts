/** Keeps a part running: whatever ends it, it is started again, a little later each time. */
import { pause } from './processes';

/** A part that runs as a process of its own. */
export interface RunningPart {
  pid: number;
  /** Resolves with the reason once it ended. */
  exited: Promise<string>;
  stop(): Promise<void>;
}

/** A part under supervision. */
export interface Supervised<T extends RunningPart> {
  /** The living one; throws nothing, but may be about to be replaced. */
  current(): T;
  /** Resolves when the part runs; rejects after 20 s of waiting for it. */
  whenReady(): Promise<void>;
  isReady(): boolean;
  /** Ends the part for good. */
  stop(): Promise<void>;
  /** Ends the part, does something while it is down, and starts it again. */
  restartAround(work: () => Promise<void>): Promise<void>;
}

const FIRST_BACKOFF_MS = 200;
const MAX_BACKOFF_MS = 5_000;
/** After this long without an end the next one counts as the first again. */
const STABLE_MS = 30_000;
const READY_TIMEOUT_MS = 20_000;

/**
 * @param name for the log
 * @param first the part, already running
 * @param start starts another one
 * @param log told of every end and restart
 */
export function supervise<T extends RunningPart>(
  name: string,
  first: T,
  start: () => Promise<T>,
  log: (line: string) => void,
): Supervised<T> {
  let part = first;
  let isReady = true;
  // Ends that were asked for must not be answered with a restart.
  let isHeld = false;
  let backoffMs = FIRST_BACKOFF_MS;
  let startedAt = Date.now();
  const waiting = new Set<() => void>();

  const begin = async () => {
    part = await start();
    startedAt = Date.now();
    isReady = true;
    for (const wake of waiting) wake();
    watch(part);
  };
  const revive = async (why: string) => {
    isReady = false;
    if (Date.now() - startedAt > STABLE_MS) backoffMs = FIRST_BACKOFF_MS;
    log(`${name} ended (${why}); starting it again`);
    while (!isHeld) {
      await pause(backoffMs);
      backoffMs = Math.min(backoffMs * 2, MAX_BACKOFF_MS);
      if (isHeld) return;
      try {
        await begin();
        log(`${name} is back`);
        return;
      } catch (error) {
        log(`${name} did not start: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  const watch = (watched: T) => {
    void watched.exited.then((why) => {
      if (!isHeld && watched === part) void revive(why);
    });
  };
  watch(part);

  return {
    current: () => part,
    isReady: () => isReady,
    whenReady: () =>
      isReady
        ? Promise.resolve()
        : new Promise((resolve, reject) => {
            const wake = () => {
              clearTimeout(timer);
              waiting.delete(wake);
              resolve();
            };
            const timer = setTimeout(() => {
              waiting.delete(wake);
              reject(new Error(`${name} is not running`));
            }, READY_TIMEOUT_MS);
            waiting.add(wake);
          }),
    async stop() {
      isHeld = true;
      isReady = false;
      await part.stop();
    },
    async restartAround(work) {
      isHeld = true;
      isReady = false;
      await part.stop();
      try {
        await work();
      } finally {
        isHeld = false;
        await begin();
      }
    },
  };
}
