/** What the local stack knows about operating-system processes: who is alive, and whether it is ours. */
import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** An error whose message is the whole story for the person at the terminal: printed alone, without a stack. */
export class StackError extends Error {
  override name = 'StackError';
}

/** A process seen once: its id, when the system says it started, and its command line. */
export interface ProcessIdentity {
  pid: number;
  startedAt: string;
  command: string;
  parentPid: number;
}

/**
 * Looks a process up. An id alone is not an identity (systems reuse ids); the id with its start time is.
 * @param pid process id
 * @returns its identity, or null when no such process lives (a zombie counts as gone)
 */
export function identify(pid: number): ProcessIdentity | null {
  try {
    if (process.platform === 'linux') {
      // /proc and not ps: a slim Debian has no ps. Fields are counted after the name, which may hold spaces.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return null;
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return { pid, startedAt: fields[19] ?? '', command, parentPid: Number(fields[1]) };
    }
    const out = execFileSync('ps', ['-o', 'lstart=,ppid=,command=', '-p', String(pid)], { encoding: 'utf8' });
    const match = /^(.{24})\s+(\d+)\s+(.*)$/.exec(out.trim());
    if (!match) return null;
    return { pid, startedAt: match[1] ?? '', command: match[3] ?? '', parentPid: Number(match[2]) };
  } catch {
    return null;
  }
}

/**
 * @param pid process id
 * @returns whether some process has it; cheaper than identify() and enough for a process watched from its start
 */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * @param seen an identity noted earlier
 * @returns whether that very process (not a later one with the same id) is still alive
 */
export function isStillAlive(seen: Pick<ProcessIdentity, 'pid' | 'startedAt'>): boolean {
  return identify(seen.pid)?.startedAt === seen.startedAt;
}

/**
 * Waits without holding the event loop.
 * @param ms milliseconds
 */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Ends a process and waits until it is gone, escalating signal by signal.
 * @param target identity noted earlier; nothing happens when it no longer lives
 * @param steps signals with the milliseconds to wait after each
 */
export async function endProcess(
  target: Pick<ProcessIdentity, 'pid' | 'startedAt'>,
  steps: [NodeJS.Signals, number][],
): Promise<void> {
  for (const [signal, waitMs] of steps) {
    if (!isStillAlive(target)) return;
    try {
      process.kill(target.pid, signal);
    } catch {
      return;
    }
    const deadline = Date.now() + waitMs;
    while (Date.now() < deadline) {
      if (!isStillAlive(target)) return;
      await pause(20);
    }
  }
}

const childrenFile = (dataDir: string) => join(dataDir, 'children.json');

function readChildren(dataDir: string): ProcessIdentity[] {
  try {
    const parsed: unknown = JSON.parse(readFileSync(childrenFile(dataDir), 'utf8'));
    return Array.isArray(parsed) ? (parsed as ProcessIdentity[]) : [];
  } catch {
    return [];
  }
}

/**
 * Notes a child of this stack, so that the next start can end it should the supervisor be killed.
 * @param dataDir the stack's data directory
 * @param pid the child's process id
 */
export function recordChild(dataDir: string, pid: number): void {
  const seen = identify(pid);
  if (!seen) return;
  mkdirSync(dataDir, { recursive: true });
  const living = readChildren(dataDir).filter(isStillAlive);
  writeFileSync(childrenFile(dataDir), JSON.stringify([...living, seen]), { mode: 0o600 });
}

/**
 * Ends the children that a killed supervisor left behind, each only if it is verifiably the process noted.
 * @param dataDir the stack's data directory
 */
export async function endLeftovers(dataDir: string): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [
    ['SIGTERM', 3000],
    ['SIGKILL', 2000],
  ];
  await Promise.all(readChildren(dataDir).map((child) => endProcess(child, steps)));
  rmSync(childrenFile(dataDir), { force: true });
}

/** A stack that was told to stop, or whose launcher was killed, is gone within this. */
const LOCK_WAIT_MS = 3_000;

/**
 * Takes the data directory for this process alone.
 * @param dataDir the stack's data directory; made when missing
 * @returns a function that gives the directory back
 * @throws StackError when another living stack holds it
 */
export async function lockDataDir(dataDir: string): Promise<() => void> {
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, 'lock.json');
  const me = identify(process.pid);
  const deadline = Date.now() + LOCK_WAIT_MS;
  for (;;) {
    // Written aside and linked: the lock appears whole or not at all, so nobody reads half of one.
    const aside = `${file}.${process.pid}`;
    writeFileSync(aside, JSON.stringify(me), { mode: 0o600 });
    try {
      linkSync(aside, file);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(aside, { force: true });
    }
    const holder = readHolder(file);
    if (!holder || !isStillAlive(holder)) rmSync(file, { force: true });
    else if (Date.now() < deadline) await pause(100);
    else {
      throw new StackError(
        `Another local stack (process ${holder.pid}) already uses ${dataDir}; stop it, or set STACK_DATA_DIR and the ports to run a second one.`,
      );
    }
  }
}

function readHolder(file: string): ProcessIdentity | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity | null;
  } catch {
    return null;
  }
}

/**
 * @param port TCP port on 127.0.0.1
 * @returns whether nothing listens there
 */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/**
 * @param port TCP port wanted
 * @param who what wants it, as a person would say it
 * @param variable the environment variable that moves it
 * @throws StackError naming all three when the port is taken
 */
export async function requireFreePort(port: number, who: string, variable: string): Promise<void> {
  if (await isPortFree(port)) return;
  throw new StackError(
    `Port ${port} is taken, but ${who} needs it; free it or set ${variable} to another port.`,
  );
}
