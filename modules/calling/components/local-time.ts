/** What the clock shows where a number is. Pure; runs in the browser. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** "7:41 am" in a zone; one that the runtime doesn't know counts as UTC. */
export function clockIn(at: number, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    const options: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };
    try {
      format = new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone });
    } catch {
      format = new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
    }
    formats.set(zone, format);
  }
  return format.format(at).replace(/[\s\u202f]?([AP]M)$/, (_, half: string) => ` ${half.toLowerCase()}`);
}

/** The place that a zone is named after: `America/New_York` → "New York". */
const placeOf = (zone: string) => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** Minutes since midnight, for telling clocks apart. */
const minutesOf = (clock: string) => {
  const [, hour = '0', minute = '0', half] = /^(\d+):(\d+) ([ap]m)$/.exec(clock) ?? [];
  return (Number(hour) % 12) * 60 + Number(minute) + (half === 'pm' ? 720 : 0);
};

/**
 * The time at a number's place in words: "7:41 am in Denver"; where several clocks may be meant, the earliest and the
 * latest of them: "6:41–7:41 am, 2 zones".
 * @param zones IANA names of every zone it may lie in
 * @param at epoch milliseconds
 * @returns the words, and each zone with its clock
 */
export function localTime(zones: readonly string[], at: number): { words: string; all: string[] } {
  const clocks = zones.map((zone) => ({ zone, clock: clockIn(at, zone) }));
  const shown = [...new Map(clocks.map((each) => [each.clock, each])).values()].sort(
    (a, b) => minutesOf(a.clock) - minutesOf(b.clock),
  );
  const all = clocks.map(({ zone, clock }) => `${clock} in ${placeOf(zone)}`);
  const [first] = shown;
  const last = shown.at(-1);
  if (!first || !last) return { words: '', all };
  if (first === last) return { words: `${first.clock} in ${placeOf(first.zone)}`, all };
  const isSameHalf = first.clock.slice(-2) === last.clock.slice(-2);
  const from = isSameHalf ? first.clock.slice(0, -3) : first.clock;
  return { words: `${from}–${last.clock}, ${shown.length} zones`, all };
}

/** When it opens, on the clock of its first zone: "opens 8:00 am", with the day where that is far off. */
export function opensWords(opensAt: string, zones: readonly string[], at: number): string {
  const zone = zones[0] ?? 'UTC';
  const when = Date.parse(opensAt);
  const clock = clockIn(when, zone);
  if (when - at < 18 * 3_600_000) return `opens ${clock}`;
  const day = new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short' }).format(when);
  return `opens ${day} ${clock}`;
}
