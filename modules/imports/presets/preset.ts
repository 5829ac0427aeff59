import type { Row, Slot } from '@/modules/imports/domain';
import type { TargetField } from '@/modules/imports/presets/fields';
import type {
  ImportPreset,
  RecordOrganization,
  RecordPerson,
  RecordProperty,
} from '@/modules/imports/schema';

/** What one row became, before its line, problems and cells are put to it. */
export type Draft = {
  people: RecordPerson[];
  organizations: RecordOrganization[];
  property: RecordProperty | null;
  /** Why the row can't be used, or null. */
  failed: string | null;
};

/** A kind of list that is known by name. */
export type Preset = {
  id: ImportPreset;
  label: string;
  /** One sentence for the person who chooses it. */
  description: string;
  /** Headers, normalised, that give the list away. None for a preset that is only chosen by hand. */
  signature: string[];
  fields: TargetField[];
  /** Headers, normalised, whose target differs from what the fields' synonyms say; null leaves the column out. */
  known: Record<string, string | null>;
  /** Where a column goes that nothing else claims; null leaves it out. */
  rest: string | null;
  /**
   * Prepares the reading of rows under one mapping.
   *
   * @param slot gives the columns that feed a field
   * @returns how a row becomes a draft; problems are noted on the row
   */
  compile: (slot: (key: string) => Slot) => (row: Row) => Draft;
};
