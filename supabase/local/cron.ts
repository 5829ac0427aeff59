/** Calls the routes of vercel.json's `crons` on their schedule, the way Vercel does in production. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface Cron {
  path: string;
  schedule: string;
}

const FIELDS: [min: number, max: number][] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
];

/**
 * @param field one field of a cron expression: `*`, numbers, ranges, steps and lists of them
 * @param value the time's value for that field
 * @param min the field's least value, @param max its greatest
 */
function fieldMatches(field: string, value: number, min: number, max: number): boolean {
  return field.split(',').some((part) => {
    const [range = '*', step = '1'] = part.split('/');
    const [from, to] = range === '*' ? [min, max] : range.split('-').map(Number);
    const last = to ?? (part.includes('/') ? max : from);
    return (
      from !== undefined &&
      last !== undefined &&
      value >= from &&
      value <= last &&
      (value - from) % Number(step) === 0
    );
  });
}

/**
 * @param schedule five fields, read in UTC as Vercel does (https://vercel.com/docs/cron-jobs)
 * @param at the minute asked about
 * @returns whether the job is due in that minute
 */
export function isDue(schedule: string, at: Date): boolean {
  const values = [
    at.getUTCMinutes(),
    at.getUTCHours(),
    at.getUTCDate(),
    at.getUTCMonth() + 1,
    at.getUTCDay(),
  ];
  const fields = schedule.trim().split(/\s+/);
  return (
    fields.length === 5 &&
    FIELDS.every(([min, max], index) => fieldMatches(fields[index] ?? '', values[index] ?? -1, min, max))
  );
}

async function call(
  appUrl: string,
  path: string,
  secret: string,
  log: (line: string) => void,
): Promise<void> {
  try {
    const response = await fetch(appUrl + path, {
      headers: { authorization: `Bearer ${secret}`, 'user-agent': 'vercel-cron/1.0' },
      redirect: 'manual',
      signal: AbortSignal.timeout(300_000),
    });
    await response.arrayBuffer();
    if (!response.ok) log(`cron ${path}: HTTP ${response.status}`);
  } catch (error) {
    log(`cron ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/**
 * Calls every job once now, then each on its schedule. As in production a call may overlap the one before it.
 * @param options.projectRoot directory that holds vercel.json; without the file nothing is called
 * @param options.appUrl origin of the app, which must answer already
 * @param options.secret CRON_SECRET
 * @param options.log told of calls that fail
 * @returns a function that ends it
 */
export async function startCron(options: {
  projectRoot: string;
  appUrl: string;
  secret: string;
  log: (line: string) => void;
}): Promise<() => void> {
  const file = await readFile(join(options.projectRoot, 'vercel.json'), 'utf8').catch(() => '{}');
  const crons = (JSON.parse(file) as { crons?: Cron[] }).crons ?? [];
  let isStopped = false;
  // The app goes away in the middle of a call when everything stops; that is no failure to tell of.
  const log = (line: string) => {
    if (!isStopped) options.log(line);
  };
  const run = (cron: Cron) => void call(options.appUrl, cron.path, options.secret, log);
  crons.forEach(run);
  let timer: NodeJS.Timeout;
  const schedule = () => {
    timer = setTimeout(
      () => {
        const now = new Date();
        for (const cron of crons) if (isDue(cron.schedule, now)) run(cron);
        schedule();
      },
      // Just past the full minute, so that a timer that fires early doesn't count the minute twice.
      60_050 - (Date.now() % 60_000),
    );
  };
  schedule();
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
