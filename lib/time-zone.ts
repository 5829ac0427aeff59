/** Time zones as people choose them, by their IANA names. Pure; runs in the browser too. */

/** Whether the runtime knows the zone: `America/Chicago`, `Europe/Vienna`, `UTC`. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    // offsets such as "+01:00" would be accepted as well, and know nothing of summer time
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/**
 * Every zone to choose from, by region.
 * @param current a stored zone that must be among them, even where the runtime calls it by a newer name
 * @returns groups in alphabetical order, with those of the Americas first
 */
export function timeZoneGroups(current?: string): { region: string; zones: string[] }[] {
  const names = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', ...(current ? [current] : [])]);
  const groups = new Map<string, string[]>();
  for (const name of [...names].sort()) {
    const region = name.includes('/') ? name.slice(0, name.indexOf('/')) : 'Other';
    groups.set(region, [...(groups.get(region) ?? []), name]);
  }
  const rank = (region: string) => (region === 'America' ? 0 : region === 'Other' ? 2 : 1);
  return [...groups]
    .map(([region, zones]) => ({ region, zones }))
    .sort((a, b) => rank(a.region) - rank(b.region) || a.region.localeCompare(b.region));
}
