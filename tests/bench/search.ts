/** Search by fragment at a million people, beside ten thousand: names, phones, e-mails, and what nobody has. */
import { compareSizes, type Scenario } from './compare';
import { prepareDirectories } from './directories';
import type { Bench, Figures } from './harness';

const round = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
const search = (fragment: string) => `/api/search?q=${encodeURIComponent(fragment)}`;

/** @returns p50, p95, p99 of each kind of fragment in both workspaces, and their ratio */
export async function searchBench(bench: Bench): Promise<Figures> {
  const scenarios: Record<string, Scenario> = {
    name: (n) =>
      search(round(['garcia', 'mar', 'olga', 'olga s', 'derville', 'ingrid chen', 'stein', 'jo'], n)),
    phone: (n) => search(round(['(212) 555', '0791', '200-791', '+1 200 158', '5838'], n)),
    email: (n) => search(round(['ada.', 'harbor.example', 'karen.holden', '@granite', 'mei.sancon'], n)),
    organization: (n) => search(round(['silver ', 'harbor sanberg', 'juniper', 'trust 77'], n)),
    nothing: (n) => search(round(['zzqxj', 'qqqq wwww', '99999999999', 'nobody@nowhere', 'xqzv'], n)),
  };
  return compareSizes(bench, await prepareDirectories(bench), scenarios);
}
