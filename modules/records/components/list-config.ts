import type { LucideIcon } from 'lucide-react';
import type { ComponentType, ReactNode } from 'react';
import type { DataTableColumn, MobileRow } from '@/components/data-table/types';
import type { StatusGlyph, StatusTone } from '@/components/status-badge';
import type { Option } from '@/components/ui/option-list';
import type { View } from '@/modules/views/schema';
import type { Filters, ListDefinition } from '../domain';
import type { Assignee, Page } from '../queries';

/** What every row of a list has. */
export type RecordRow = { id: string; tags: string[]; assigned_to: string | null };

/** A column; `optional` ones are hidden until somebody chooses them. */
export type RecordColumn<Row> = DataTableColumn<Row> & { optional?: boolean };

/** What cells may need that rows don't carry. */
export type ListHelpers = {
  /** A colleague's name by id; empty for nobody and for former colleagues. */
  memberName: (id: string | null) => string;
};

/** A status as a badge and as an option. */
export type StatusOption = { value: string; label: string; glyph: StatusGlyph; tone: StatusTone };

/** How a filter of the definition is worded and where its options come from. */
export type ListFilter = {
  /** A key of the definition's `filters`. */
  key: string;
  label: string;
  icon?: LucideIcon;
  /** Fixed options; without them a `choice` offers the values in use. */
  options?: readonly Option[];
  /** Words for values in use. */
  words?: Readonly<Record<string, string>>;
};

/**
 * What a list of records needs to know of its entity. It holds functions and components, so it is made in a client
 * module, once, outside every component.
 */
export type RecordListConfig<Row extends RecordRow> = {
  definition: ListDefinition;
  /** Title of the page: "People". */
  title: string;
  /** "person", "people": for counts and messages. */
  one: string;
  many: string;
  icon: LucideIcon;
  /** One sentence for the empty page: what it is for. */
  about: string;
  columns: (helpers: ListHelpers) => readonly RecordColumn<Row>[];
  filters: readonly ListFilter[];
  rowLabel: (row: Row) => string;
  mobileRow: (row: Row, helpers: ListHelpers) => MobileRow;
  /** Figures between the title and the table; pressing one narrows the list to the rows it counts. */
  Figures?: ComponentType<{ filters: Filters; onFilter: (filters: Filters) => void }>;
  /** Buttons at the end of a row under the pointer. */
  rowActions?: (row: Row) => ReactNode;
  /** The status that bulk changes set; absent where the entity has none. */
  status?: { column: 'lead_status' | 'status'; label: string; options: readonly StatusOption[] };
  /** The record beside the list; loaded when first opened. */
  Panel: ComponentType<{ id: string; onClose: () => void }>;
  /** The form for a new record; `onDone` gets its id. */
  CreateDialog: ComponentType<{ onClose: () => void; onDone: (id: string) => void }>;
  /** The form for a record's own fields, opened by `e`. */
  EditDialog: ComponentType<{ id: string; onClose: () => void }>;
};

/** What the server hands to the list, so that it stands at once. */
export type ListStart<Row> = {
  /** `listSearch()` of the state that `page` answers. */
  search: string;
  page: Page<Row>;
  /** When it was read, epoch milliseconds. */
  at: number;
  views: View[];
  members: Assignee[];
};
