import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';

/** mulberry32: small, fast, and the same numbers on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const firstNames =
  'James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Karen Carlos Sofia Wei Mei Amir Leila Dmitri Olga Kwame Amara Hiro Yuki Pedro Lucia Omar Nadia Erik Ingrid Luca Giulia Ravi Priya'.split(
    ' ',
  );
const lastNames =
  'Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts'.split(
    ' ',
  );
const firmWords =
  'Harbor Cedar Summit Granite Pioneer Beacon Keystone Meridian Northgate Silver Copper Maple Riverbend Lakeshore Prairie Juniper Sterling Falcon Cardinal Magnolia Sierra Redwood Canyon Anchor Liberty Union Highland Crescent Orchard Willow'.split(
    ' ',
  );
const firmKinds = [
  'Capital LLC',
  'Holdings LLC',
  'Residential',
  'Development Partners LP',
  'Property Management',
  'Realty Group',
  'Investments Inc',
  'Communities',
  'Trust Company',
  'Asset Servicing',
];
const streets =
  'Main Oak Pine Maple Cedar Elm Washington Lake Hill Park River Spring Church Mill Sunset Railroad Jefferson Center Highland Market'.split(
    ' ',
  );
const streetKinds = ['St', 'Ave', 'Blvd', 'Rd', 'Dr', 'Pkwy'];
const buildings = [
  'Flats',
  'Lofts',
  'Commons',
  'Residences',
  'Yards',
  'Landing',
  'Terrace',
  'Crossing',
  'Square',
  'Point',
];
/** City, county, state, ZIP, area code, latitude, longitude. */
const cities: [string, string, string, string, string, number, number][] = [
  ['Austin', 'Travis', 'TX', '78701', '512', 30.27, -97.74],
  ['Houston', 'Harris', 'TX', '77002', '713', 29.76, -95.37],
  ['Phoenix', 'Maricopa', 'AZ', '85004', '602', 33.45, -112.07],
  ['Denver', 'Denver', 'CO', '80202', '303', 39.74, -104.99],
  ['Atlanta', 'Fulton', 'GA', '30303', '404', 33.75, -84.39],
  ['Charlotte', 'Mecklenburg', 'NC', '28202', '704', 35.23, -80.84],
  ['Nashville', 'Davidson', 'TN', '37201', '615', 36.16, -86.78],
  ['Boston', 'Suffolk', 'MA', '02108', '617', 42.36, -71.06],
  ['Newark', 'Essex', 'NJ', '07102', '973', 40.74, -74.17],
  ['Tampa', 'Hillsborough', 'FL', '33602', '813', 27.95, -82.46],
  ['Chicago', 'Cook', 'IL', '60601', '312', 41.88, -87.63],
  ['Cleveland', 'Cuyahoga', 'OH', '44113', '216', 41.5, -81.69],
  ['Portland', 'Multnomah', 'OR', '97204', '503', 45.52, -122.68],
  ['Sacramento', 'Sacramento', 'CA', '95814', '916', 38.58, -121.49],
  ['Salt Lake City', 'Salt Lake', 'UT', '84101', '801', 40.76, -111.89],
  ['Richmond', 'Richmond City', 'VA', '23219', '804', 37.54, -77.44],
];

const roles = ['Trustee', 'Owner', 'Special Servicer', 'Manager'] as const;
/** How often a row names each role; together with a contact's 90 % they make some 1.8 contacts a row. */
const roleShare = { Trustee: 0.12, Owner: 0.97, 'Special Servicer': 0.1, Manager: 0.81 };
const parts = [
  'Contact First Name',
  'Contact Last Name',
  'Contact Email',
  'Contact Address',
  'Contact City',
  'Contact State',
  'Contact ZIP',
  'Contact Country',
  'Contact Phone Number',
  'Contact Website',
];

/** The header of a QOZB list, in its order. */
export const qozbHeader: readonly string[] = [
  'Market',
  'Submarket',
  'PropertyID',
  'Property Name',
  'Address',
  'City',
  'County',
  'State',
  'ZIP',
  'Phone Number',
  'Property Special Status',
  'Units',
  'SqFt',
  'Completion Date',
  'Impr. Rating',
  'Loc. Rating',
  ...roles.flatMap((role) => [role, ...parts.map((part) => `${role} ${part}`)]),
  'Latitude',
  'Longitude',
];

const csv = (cells: string[]) =>
  `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;

/**
 * A QOZB-shaped list, the same for the same arguments: some 1.8 contacts a row, firms with several properties and offices that
 * share a number, three rows in a hundred with something wrong.
 *
 * @param rows how many rows stand below the header
 * @param seed chooses the list
 * @returns the file's text in pieces, the header first
 */
export function* makeQozb(rows: number, seed = 1): Generator<string, void, undefined> {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const number = (n: number) => Math.floor(random() * n);
  // 555-01xx alone would give each area code a hundred numbers; a list this long needs more of the 555 exchange.
  const phone = (area: string, n: number) => `(${area}) 555-${String(n % 10_000).padStart(4, '0')}`;
  const firmCount = Math.max(20, Math.floor(rows / 2));
  const firms = Array.from({ length: firmCount }, (_, index) => {
    const word = `${firmWords[index % firmWords.length]} ${lastNames[Math.floor(index / firmWords.length) % lastNames.length]}`;
    const block = Math.floor(index / (firmWords.length * lastNames.length));
    const city = cities[index % cities.length] as (typeof cities)[number];
    const name = `${word}${block > 0 ? ` ${block + 1}` : ''} ${firmKinds[(index * 7) % firmKinds.length]}`;
    const domain = `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.example`;
    return {
      name,
      domain,
      city,
      street: `${100 + (index % 900)} ${streets[index % streets.length]} St`,
      main: phone(city[4], index * 13),
    };
  });

  yield csv([...qozbHeader]);
  for (let index = 0; index < rows; index++) {
    const city = pick(cities);
    const dirt = random() < 0.03 ? number(6) : -1;
    const row: string[] = [
      city[0],
      `${pick(['Downtown', 'Midtown', 'East', 'West', 'North', 'South'])} ${city[0]}`,
      String(100_000 + index),
      `${pick(firmWords)} ${pick(buildings)} ${index + 1}`,
      `${100 + number(9_900)} ${pick(streets)} ${pick(streetKinds)}`,
      city[0],
      city[1],
      city[2],
      dirt === 0 ? city[3].replace(/^0/, '') : city[3],
      random() < 0.45 ? phone(city[4], number(10_000)) : '',
      pick(['', 'Prospective', 'Under Construction', 'Lease-up', 'Completed']),
      dirt === 1 ? 'about 200' : String(20 + number(400)),
      (20_000 + number(400_000)).toLocaleString('en-US'),
      `${1 + number(12)}/${1 + number(28)}/${2019 + number(9)}`,
      pick(['A', 'A-', 'B+', 'B', 'C']),
      pick(['A', 'B', 'C']),
    ];
    for (const role of roles) {
      if (random() >= roleShare[role]) {
        row.push(...Array<string>(parts.length + 1).fill(''));
        continue;
      }
      // Few firms hold most of the list: squaring draws the low numbers more often.
      const firm = firms[Math.floor(random() ** 2 * firmCount)] as (typeof firms)[number];
      const named = random() < 0.9;
      const who = number(4);
      const hash = (firm.name.length * 31 + who * 17 + firm.domain.charCodeAt(2)) >>> 0;
      const first = firstNames[hash % firstNames.length] as string;
      const last = lastNames[(hash * 7 + who) % lastNames.length] as string;
      const shout = random() < 0.04;
      const mail = `${first}.${last}${who}@${firm.domain}`.toLowerCase();
      row.push(
        random() < 0.93 ? firm.name : '',
        named ? (shout ? first.toUpperCase() : first) : '',
        named ? (shout ? last.toUpperCase() : last) : '',
        dirt === 2 && role === 'Owner' ? mail.replace('@', ' at ') : random() < 0.7 ? mail : '',
        firm.street,
        firm.city[0],
        firm.city[2],
        firm.city[3],
        'United States',
        dirt === 3 && role === 'Owner'
          ? '555-01'
          : random() < 0.5
            ? firm.main
            : phone(firm.city[4], hash * 101 + who),
        `www.${firm.domain}`,
      );
    }
    row.push((city[5] + random() / 10).toFixed(6), (city[6] - random() / 10).toFixed(6));
    if (dirt === 4) row.splice(20, 9);
    if (dirt === 5) row[10] = '=HYPERLINK("https://phish.example","open")';
    yield csv(row);
  }
}

/** Writes a list to a file: `tsx tests/bench/make-qozb.ts <path> [rows] [seed]`. */
async function main(path: string | undefined, rows = '21000', seed = '1'): Promise<void> {
  if (!path) throw new Error('Say where to write: tsx tests/bench/make-qozb.ts <path> [rows] [seed]');
  await pipeline(Readable.from(makeQozb(Number(rows), Number(seed))), createWriteStream(path));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(...(process.argv.slice(2) as [string?, string?, string?]));
}
