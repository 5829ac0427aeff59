import type { ReactNode } from 'react';

/** One column. Sizes are CSS pixels. */
export type DataTableColumn<T> = {
  id: string;
  header: string;
  /** What stands in the cell; nothing for a missing value, never a dash. */
  cell: (row: T) => ReactNode;
  size?: number;
  minSize?: number;
  maxSize?: number;
  /** Numbers stand at the end of their cell. */
  align?: 'start' | 'end';
  /** Key handed to `onSortChange`; a column without one can't be sorted. */
  sortKey?: string;
  /** False for columns that are always shown; the first column always is. */
  canHide?: boolean;
};

/** By which key and in which direction the rows stand. */
export type DataTableSort = { key: string; direction: 'asc' | 'desc' };

/** A row on a phone: two lines and something at the right. */
export type MobileRow = { title: ReactNode; detail?: ReactNode; aside?: ReactNode };

/** Props of DataTable; everything about data is controlled by the page. */
export type DataTableProps<T> = {
  /** Names the table's own settings (widths, density) in this browser. */
  id: string;
  /** Accessible name: "People". */
  label: string;
  columns: readonly DataTableColumn<T>[];
  rows: readonly T[];
  getRowId: (row: T) => string;
  /** What the row is called, for the names of its checkbox and actions. */
  getRowLabel: (row: T) => string;
  /** Address of the record; makes the first column a link. */
  rowHref?: (row: T) => string;
  /** Opens the record in place (a panel). Without it the row follows `rowHref`. */
  onOpen?: (row: T) => void;
  onEdit?: (row: T) => void;
  /** Buttons shown at the end of the row while it is hovered or holds the focus. */
  rowActions?: (row: T) => ReactNode;
  mobileRow: (row: T) => MobileRow;
  sort?: DataTableSort | null;
  onSortChange?: (sort: DataTableSort) => void;
  selection?: ReadonlySet<string>;
  onSelectionChange?: (selection: Set<string>) => void;
  /** Buttons that replace the toolbar while rows are selected. */
  bulkActions?: (selection: ReadonlySet<string>) => ReactNode;
  /** Filters and the like, above the table. */
  toolbar?: ReactNode;
  /** Ids of hidden columns; without it they are kept in this browser. */
  hiddenColumns?: readonly string[];
  onHiddenColumnsChange?: (ids: string[]) => void;
  /** True during the first load only; later loads keep the rows and set `isRefreshing`. */
  isLoading?: boolean;
  isRefreshing?: boolean;
  /** Shown instead of rows, such as an ErrorState with its retry. */
  error?: ReactNode;
  /** Shown when there are no rows, such as an EmptyState. */
  empty: ReactNode;
  hasMore?: boolean;
  isFetchingMore?: boolean;
  /** Why the next page did not come; the button then says "Try again". */
  loadMoreError?: string | null;
  /** Asked for when the end comes into view and by the "Load more" button. */
  onEndReached?: () => void;
};

/** Height of a row in CSS pixels, by density. */
export const ROW_HEIGHT = { default: 40, compact: 32 } as const;
/** How tightly rows stand. */
export type Density = keyof typeof ROW_HEIGHT;
/** Height of the header row in CSS pixels. */
export const HEADER_HEIGHT = 34;
/** Height of a phone's two-line row in CSS pixels. */
export const CARD_HEIGHT = 62;
/** Width of the checkbox column in CSS pixels: the page's gutter, the box, and a gap. */
export const CHECKBOX_WIDTH = 48;
