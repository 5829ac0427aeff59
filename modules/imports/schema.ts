import { z } from 'zod';

/** The shapes of a list Freehold knows by name. `generic` maps columns by likeness alone. */
export const importPresets = [
  'qozb',
  'family_offices',
  'contacts',
  'gohighlevel',
  'n8n_leads',
  'eventbrite',
  'generic',
] as const;
export const importPresetSchema = z.enum(importPresets);
export type ImportPreset = z.infer<typeof importPresetSchema>;

export const propertyRoles = ['owner', 'manager', 'trustee', 'special_servicer', 'developer'] as const;
export type PropertyRole = (typeof propertyRoles)[number];

/** The tables that an import speaks of; the keys of every count it reports. */
export const importTables = [
  'people',
  'organizations',
  'properties',
  'phones',
  'emails',
  'linkedin_profiles',
  'owners',
] as const;
export type ImportTable = (typeof importTables)[number];

export type RecordPhone = {
  e164: string;
  label: string | null;
  /** Left out where the number doesn't tell: North American mobiles and landlines look alike. */
  line_type?: 'mobile' | 'landline' | 'voip';
};
export type RecordEmail = { address: string; label: string | null };

/** A firm named in a row. Blank cells are null and never clear a stored value. */
export type RecordOrganization = {
  name: string;
  kind: string | null;
  category: string | null;
  website: string | null;
  domain: string | null;
  address: string | null;
  city: string | null;
  state: string | null;
  zip: string | null;
  country: string | null;
  aum: string | null;
  year_founded: string | null;
  investment_prefs: string | null;
  about: string | null;
  industry: string | null;
  tags: string[];
  details: Record<string, unknown>;
  phones: RecordPhone[];
  emails: RecordEmail[];
  /** The firm's role on the row's property, if the row has one. */
  property_roles: PropertyRole[];
};

/** A person named in a row. At least one of a name or an e-mail address is there. */
export type RecordPerson = {
  first_name: string | null;
  last_name: string | null;
  title: string | null;
  /** Applied to a new person, and to one whose status is still `new`. */
  lead_status: 'warm' | 'hot' | null;
  contact_types: string[];
  tags: string[];
  city: string | null;
  state: string | null;
  details: Record<string, unknown>;
  phones: RecordPhone[];
  emails: RecordEmail[];
  linkedin_url: string | null;
  /** Index into the record's `organizations`, or null. */
  organization: number | null;
  property_roles: PropertyRole[];
};

export type RecordProperty = {
  name: string | null;
  address: string | null;
  city: string | null;
  county: string | null;
  state: string | null;
  zip: string | null;
  market: string | null;
  submarket: string | null;
  units: number | null;
  sqft: number | null;
  completion_date: string | null;
  latitude: number | null;
  longitude: number | null;
  details: Record<string, unknown>;
  /** The property's own number: linked to the property, and to nobody that the row doesn't name with it. */
  phones: RecordPhone[];
};

/** A cell that was left out, and why; the rest of its row goes on. */
export type RecordProblem = { table: ImportTable; column: string; value: string; message: string };

/**
 * What one row of a list says, normalised: phones in E.164, addresses of e-mail lower-cased, LinkedIn URLs canonical,
 * text trimmed. This is what `import_chunk()` in the database takes. A row that can't be used carries `failed` alone.
 */
export type ImportRecord = {
  /** 1-based line of the file on which the row starts; the header is line 1 where there is no preamble. */
  line: number;
  people: RecordPerson[];
  organizations: RecordOrganization[];
  property: RecordProperty | null;
  problems: RecordProblem[];
  /** Why the whole row was refused, or null. */
  failed: string | null;
  /** The row's cells as they stood, kept for rows that failed or have problems; else null. */
  raw: string[] | null;
};

/** How sure a suggested column is, and why: `known` from the preset's own headers, `likeness` from the spelling, `values` from the cells. */
export type MappingSource = 'known' | 'synonym' | 'likeness' | 'values' | 'details' | 'none';

/**
 * Which field each column feeds: the column's header (as `inspectFile` names it, unique) to the key of a target field, or null for a
 * column that is left out. A workspace keeps it as its template; columns that a later file lacks are passed over.
 */
export const importMappingSchema = z.record(z.string().max(250), z.string().max(100).nullable());
export type ImportMapping = z.infer<typeof importMappingSchema>;

/** One column of the mapping page. */
export type MappingSuggestion = {
  column: string;
  /** The key of a target field, or null for none. */
  target: string | null;
  /** 0 to 1; below 0.8 a person should look at it. */
  confidence: number;
  source: MappingSource;
  /** Up to five of the column's first values. */
  samples: string[];
};

/** Where an import stands. `failed` and `cancelled` go on in their phase, or are undone where something was written. */
export const importStatuses = [
  'uploaded',
  'previewing',
  'previewed',
  'running',
  'done',
  'failed',
  'undoing',
  'undone',
  'cancelled',
] as const;
export type ImportStatus = (typeof importStatuses)[number];

/** What is done in the background, on its own after it was asked for. */
export const importPhases = ['preview', 'run', 'undo'] as const;
export type ImportPhase = (typeof importPhases)[number];

export const importResults = ['created', 'updated', 'linked', 'skipped', 'failed'] as const;
export type ImportResult = (typeof importResults)[number];

export const createImportSchema = z.strictObject({
  fileName: z.string().trim().min(1, 'Say what the file is called').max(255, 'At most 255 characters'),
  /** In bytes. */
  size: z.int().min(0),
});
export type CreateImport = z.infer<typeof createImportSchema>;

export const inspectImportSchema = z.strictObject({
  /** Suggests the columns for this kind of list instead of guessing the kind. */
  preset: importPresetSchema.optional(),
});

export const saveMappingSchema = z.strictObject({
  preset: importPresetSchema,
  mapping: importMappingSchema,
});
export type SaveMapping = z.infer<typeof saveMappingSchema>;

export const listImportsSchema = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});

/** Rows by what became of them; `problems`: went in, but with cells left out. */
export const rowFilters = [...importResults, 'problems'] as const;
export type RowFilter = (typeof rowFilters)[number];

export const listRowsSchema = z.strictObject({
  result: z.enum(rowFilters).optional(),
  /** The last line of the page before. */
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const rejectedRowsSchema = z.strictObject({
  /** `all` adds the rows that went in with cells left out. */
  include: z.enum(['failed', 'all']).default('failed'),
});

export const importParamsSchema = z.strictObject({ id: z.uuid('Not found') });

/** How many records of each table met each result, and how many rows did. */
export type ImportCounts = Partial<Record<ImportResult, Partial<Record<ImportTable, number>>>> & {
  rows?: Partial<Record<ImportResult | 'problems', number>>;
};

/** A record that an undo left as it is, and why. */
export type KeptRecord = { kind: string; id: string; name: string; reason: string };
