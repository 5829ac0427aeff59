/** Runs the same requests against a large and a small workspace, and says how they compare. */
import { call } from '../support/app';
import type { Directory } from './directories';
import { atConstantRate, type Bench, type Figures, machine } from './harness';
import { countDataApiRequests } from './round-trips';

/** The path of the n-th request. */
export type Scenario = (n: number, directory: Directory) => string;

const load = { perSecond: 50, seconds: Number(process.env.BENCH_SECONDS || 20) };

/**
 * Each scenario for itself, at 50 requests a second, through the app by bearer token.
 * @returns by scenario: milliseconds in the large and the small workspace, and the p95 of the one over the other's
 */
export async function compareSizes(
  bench: Bench,
  directories: { large: Directory; small: Directory },
  scenarios: Record<string, Scenario>,
): Promise<Figures> {
  const figures: Figures = { machine: machine(), requests_per_second: load.perSecond };
  const ask = async (scenario: Scenario, directory: Directory, n: number) => {
    const answer = await call(scenario(n, directory), {
      as: directory.actor,
      workspace: directory.workspace,
    });
    return answer.status === 200;
  };
  for (const [name, scenario] of Object.entries(scenarios)) {
    const result: Figures = {};
    for (const [size, directory] of Object.entries(directories)) {
      // the first requests of a kind read the disk and plan in each connection; what is measured is the tenth minute of a
      // working day
      const { failed } = await atConstantRate((n) => ask(scenario, directory, n), { ...load, seconds: 3 });
      if (failed > 0) throw new Error(`${name}: ${scenario(0, directory)} fails`);
      result[size] = await atConstantRate((n) => ask(scenario, directory, n), load);
    }
    result.ratio_p95 = ratio(result.large, result.small);
    result.data_api_requests = await countDataApiRequests(bench, () => ask(scenario, directories.small, 0));
    figures[name] = result;
    bench.log(`  ${name.padEnd(28)} ${inWords(result)}`);
  }
  return figures;
}

const p95 = (value: Figures[string] | undefined) =>
  typeof value === 'object' && value !== null && typeof value.p95 === 'number' ? value.p95 : Number.NaN;

const ratio = (large: Figures[string] | undefined, small: Figures[string] | undefined) =>
  Math.round((p95(large) / p95(small)) * 100) / 100;

function inWords(result: Figures): string {
  const one = (size: string) => {
    const value = result[size];
    if (typeof value !== 'object' || value === null) return '';
    return `${size}: p50 ${value.p50}, p95 ${value.p95}, p99 ${value.p99} ms${value.failed ? `, ${value.failed} failed` : ''}`;
  };
  return `${one('large')}; ${one('small')}; ratio ${result.ratio_p95}`;
}
