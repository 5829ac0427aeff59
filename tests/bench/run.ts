/**
 * `npm run bench -- board|desk|emails|owners|import|launch|lists|next-call|search|load|due-tasks|email-events|call-events|inbound-text`: all of them without a name. Figures are printed, never asserted; the last
 * line of stdout is one JSON object of them, everything else goes to stderr.
 */
import { boardBench } from './board';
import { callEventsBench } from './call-events';
import { deskBench } from './desk';
import { dueTasksBench } from './due-tasks';
import { emailEventsBench } from './email-events';
import { emailsBench } from './emails';
import { type Bench, type Figures, say, withBench } from './harness';
import { importBench } from './import';
import { inboundTextBench } from './inbound-text';
import { launchBench } from './launch';
import { listsBench } from './lists';
import { loadBench } from './load';
import { nextCallBench } from './next-call';
import { ownersBench } from './owners';
import { searchBench } from './search';

const benchmarks: Record<string, (bench: Bench) => Promise<Figures>> = {
  board: boardBench,
  emails: emailsBench,
  owners: ownersBench,
  import: importBench,
  desk: deskBench,
  'due-tasks': dueTasksBench,
  'email-events': emailEventsBench,
  'inbound-text': inboundTextBench,
  'call-events': callEventsBench,
  launch: launchBench,
  load: loadBench,
  'next-call': nextCallBench,
  lists: listsBench,
  search: searchBench,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  say(`There is no benchmark ${unknown.join(', ')}. Say one of: ${Object.keys(benchmarks).join(', ')}.`);
  process.exit(1);
}
const names = asked.length > 0 ? asked : Object.keys(benchmarks);

const figures = await withBench(async (bench) => {
  const all: Figures = {};
  for (const name of names) {
    say(`\n${name}`);
    all[name] = (await benchmarks[name]?.(bench)) ?? {};
  }
  return all;
});
process.stdout.write(`${JSON.stringify(figures)}\n`);
process.exit(0);
