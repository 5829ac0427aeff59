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

export type RecordPhone = { e164: string; label: string | null };
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
