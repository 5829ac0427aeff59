import 'server-only';
import { env } from '../env';

/** Whether one part of Supabase answered, and after how many milliseconds. */
export type PartHealth = { ok: boolean; ms: number };

const timeoutMs = 2000;

/**
 * Asks database, auth and storage at once, each for at most 2 s, with the public key alone. The database is asked through
 * a function that anybody may call and that finds nothing.
 */
export async function checkHealth(): Promise<Record<'database' | 'auth' | 'storage', PartHealth>> {
  const [database, auth, storage] = await Promise.all([
    ask('/rest/v1/rpc/find_invitation', '{"token":"-"}'),
    ask('/auth/v1/health'),
    ask('/storage/v1/status'),
  ]);
  return { database, auth, storage };
}

async function ask(path: string, body?: string): Promise<PartHealth> {
  const { NEXT_PUBLIC_SUPABASE_URL: url, NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: apikey } = env();
  const startedAt = performance.now();
  const ok = await fetch(url.replace(/\/$/, '') + path, {
    method: body ? 'POST' : 'GET',
    headers: { apikey, ...(body && { 'content-type': 'application/json' }) },
    body,
    signal: AbortSignal.timeout(timeoutMs),
    cache: 'no-store',
  }).then(
    async (response) => {
      await response.body?.cancel();
      return response.ok;
    },
    () => false,
  );
  return { ok, ms: Math.round(performance.now() - startedAt) };
}
