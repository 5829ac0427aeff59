/** A stack for one piece of work: from nothing, with every migration, gone afterwards. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresDataDir } from './postgres-home';
import { freePorts, type Stack, startStack } from './stack';

/**
 * Starts a stack in a directory of its own on free ports and removes both afterwards.
 * @param work what to do with it
 * @param log told of what the stack reports; silent by default
 * @returns what `work` returned
 */
export async function withTemporaryStack<T>(
  work: (stack: Stack) => Promise<T>,
  log: (line: string) => void = () => undefined,
): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'freehold-stack-'));
  try {
    const stack = await startStack({ dataDir, ports: await freePorts(), log });
    try {
      return await work(stack);
    } finally {
      await stack.stop();
    }
  } finally {
    await rm(postgresDataDir(dataDir), { recursive: true, force: true });
    await rm(dataDir, { recursive: true, force: true });
  }
}
