/** One finished import for the demo: the attendees of an event, a few of them known already, a few rows with faults. */

import { Readable } from 'node:stream';
import { createClient } from '@supabase/supabase-js';
import { stringify } from 'csv-stringify/sync';
import { pino } from 'pino';
import ws from 'ws';
import type { Database, Json } from '@/lib/supabase/database.types';
import { IMPORT_BUCKET } from '@/modules/imports/file';
import { inspectFile } from '@/modules/imports/records';
import { workImports } from '@/modules/imports/runner';
import { storable } from '@/modules/imports/template';
import { firstNames, lastNames } from './demo-data/names';
import { randomFrom } from './demo-data/random';
import { landmarks, markets } from './demo-data/words';
import type { StackAddress } from './stack';

const fileName = 'sun-belt-owners-forum-2026.csv';
const eventName = 'Sun Belt Owners Forum 2026';

/** Somebody of the demo who was at the event too. */
export type KnownAttendee = {
  first_name: string;
  last_name: string;
  address: string;
  organization: string | null;
};

function attendeesCsv(known: readonly KnownAttendee[]): string {
  const random = randomFrom(7);
  const row = (
    n: number,
    first: string,
    last: string,
    email: string,
    company: string,
    title: string,
    phone: string,
  ) => ({
    'Order #': 910_000 + n,
    'Order Date': `2026-10-${String((n % 27) + 1).padStart(2, '0')} 09:30:00`,
    'First Name': first,
    'Last Name': last,
    Email: email,
    Quantity: 1,
    'Ticket Type': 'General Admission',
    'Attendee #': 810_000 + n,
    'Order Type': 'Free Order',
    Currency: 'USD',
    'Total Paid': '0.00',
    'Attendee Status': n % 3 === 0 ? 'Attending' : 'Checked In',
    'Event Name': eventName,
    'Event ID': 710_001,
    Company: company,
    'Job Title': title,
    'Cell Phone': phone,
  });
  const rows = known.map(({ first_name, last_name, address, organization }, n) =>
    row(n, first_name, last_name, address, organization ?? '', '', ''),
  );
  for (let n = rows.length; n < 34; n += 1) {
    const first = random.pick(firstNames);
    const last = random.pick(lastNames);
    const company = `${random.pick(landmarks)} ${random.pick(['Capital', 'Realty Partners', 'Ventures'])}`;
    const areaCode = random.pick(random.pick(markets).areaCodes);
    const email = `${first}.${last}@${company.replace(/[^a-z]/gi, '')}.example`.toLowerCase();
    rows.push(
      // two people who mistyped themselves: the list says so, and the rest goes in
      n === 12
        ? row(n, first, last, 'no-at-sign.example', company, 'Principal', '')
        : n === 21
          ? row(n, first, last, email, company, 'Partner', '555-01')
          : row(
              n,
              first,
              last,
              email,
              company,
              random.pick(['Principal', 'Partner', 'Analyst', 'Owner']),
              random.chance(0.5) ? `(${areaCode}) 555-0${random.int(100, 199)}` : '',
            ),
    );
  }
  return stringify(rows, { header: true });
}

/**
 * Imports the attendees through the product's own pipeline.
 * @param id of the import
 * @param member who is said to have imported it
 * @throws {Error} where the list can't be uploaded or the import can't begin
 */
export async function importDemoList(
  stack: StackAddress,
  {
    id,
    workspaceId,
    member,
    known,
  }: { id: string; workspaceId: string; member: string; known: readonly KnownAttendee[] },
): Promise<void> {
  const admin = createClient<Database>(stack.url, stack.secretKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    realtime: { transport: ws as unknown as typeof WebSocket },
  });
  const bytes = Buffer.from(attendeesCsv(known));
  const inspection = await inspectFile(Readable.from([bytes]), { preset: 'eventbrite' });
  const path = `${workspaceId}/${id}.csv`;
  const upload = await admin.storage.from(IMPORT_BUCKET).upload(path, bytes, { contentType: 'text/csv' });
  if (upload.error) throw new Error(`The demo's list could not be uploaded: ${upload.error.message}`);
  const { error } = await admin.from('imports').insert({
    id,
    workspace_id: workspaceId,
    file_name: fileName,
    file_size: bytes.byteLength,
    preset: inspection.preset,
    mapping: inspection.mapping,
    inspection: storable(inspection) as unknown as NonNullable<Json>,
    status: 'running',
    phase: 'run',
    started_at: new Date().toISOString(),
    created_by: member,
  });
  if (error) throw new Error(`The demo's import could not begin: ${error.message}`);
  await workImports(
    { admin, log: pino({ level: 'silent' }), timeLeftMs: () => Number.POSITIVE_INFINITY },
    id,
  );
}
