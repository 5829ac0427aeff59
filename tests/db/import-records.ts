/** Small records as the reading side makes them from rows, and the chunks that take them in. */
import { randomUUID } from 'node:crypto';
import type {
  ImportRecord,
  RecordOrganization,
  RecordPerson,
  RecordProperty,
} from '../../modules/imports/schema';
import { sql } from '../support/db';
import type { Workspace } from '../support/factories';

type PersonInput = Partial<Omit<RecordPerson, 'phones' | 'emails'>> & {
  phones?: string[];
  emails?: string[];
};
type OrganizationInput = Partial<Omit<RecordOrganization, 'phones' | 'emails'>> & { name: string };
type PropertyInput = Partial<Omit<RecordProperty, 'phones'>> & { phones?: string[] };

const phonesOf = (numbers: string[] = []) => numbers.map((e164) => ({ e164, label: null }));

/** A row's record; what is left out is blank. */
export function record(
  line: number,
  row: { people?: PersonInput[]; organizations?: OrganizationInput[]; property?: PropertyInput },
): ImportRecord {
  return {
    line,
    people: (row.people ?? []).map(({ phones, emails, ...person }) => ({
      first_name: null,
      last_name: null,
      title: null,
      lead_status: null,
      contact_types: [],
      tags: [],
      city: null,
      state: null,
      details: {},
      linkedin_url: null,
      organization: null,
      property_roles: [],
      ...person,
      phones: phonesOf(phones),
      emails: (emails ?? []).map((address) => ({ address, label: null })),
    })),
    organizations: (row.organizations ?? []).map((organization) => ({
      kind: null,
      category: null,
      website: null,
      domain: null,
      address: null,
      city: null,
      state: null,
      zip: null,
      country: null,
      aum: null,
      year_founded: null,
      investment_prefs: null,
      about: null,
      industry: null,
      tags: [],
      details: {},
      phones: [],
      emails: [],
      property_roles: [],
      ...organization,
    })),
    property: row.property
      ? {
          name: null,
          address: null,
          city: null,
          county: null,
          state: null,
          zip: null,
          market: null,
          submarket: null,
          units: null,
          sqft: null,
          completion_date: null,
          latitude: null,
          longitude: null,
          details: {},
          ...row.property,
          phones: phonesOf(row.property.phones),
        }
      : null,
    problems: [],
    failed: null,
    raw: null,
  };
}

/** How many records of each table an import created, updated, linked, skipped. */
export type Counts = Record<'created' | 'updated' | 'linked' | 'skipped' | 'failed', Record<string, number>>;

/** An import as its runner sees it: a row, and the lease that lets it write. */
export type TestImport = {
  id: string;
  lease: string;
  /** Sends one chunk; `apply` false is the dry run. */
  chunk: (records: ImportRecord[], apply?: boolean) => Promise<void>;
  counts: () => Promise<Counts>;
};

/** Begins an import in a workspace, with the lease taken. */
export async function beginImport(workspace: Workspace, preset = 'generic'): Promise<TestImport> {
  const lease = randomUUID();
  const [row] = await sql()<{ id: string }[]>`
    insert into imports (workspace_id, file_name, file_size, preset, status, lease_token, lease_until)
    values (${workspace.id}, 'list.csv', 1, ${preset}, 'previewed', ${lease}, now() + interval '1 minute')
    returning id`;
  const id = row?.id ?? '';
  return {
    id,
    lease,
    chunk: async (records, apply = true) => {
      await sql()`select public.import_chunk(${id}, ${lease}, ${JSON.stringify(records)}::text::jsonb, ${apply})`;
    },
    counts: async () => {
      const [counted] = await sql()<{ counts: Counts }[]>`select public.import_counts(${id}) as counts`;
      if (!counted) throw new Error('no counts');
      return counted.counts;
    },
  };
}

/** Imports rows in one chunk and tells what they did. */
export async function importRows(
  workspace: Workspace,
  records: ImportRecord[],
  preset?: string,
): Promise<Counts> {
  const list = await beginImport(workspace, preset);
  await list.chunk(records);
  return list.counts();
}
