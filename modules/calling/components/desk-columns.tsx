'use client';

import type { DataTableColumn, MobileRow } from '@/components/data-table/types';
import { RelativeTime } from '@/components/relative-time';
import type { DeskRow } from '../schema';
import {
  ClaimCell,
  LastCallCell,
  LocalTimeNow,
  NumberCell,
  PeopleCell,
  PropertiesCell,
  WhyCell,
} from './number-cells';

/** The desk's columns: what a caller decides by, from the number to who has it. */
export const deskColumns: readonly DataTableColumn<DeskRow>[] = [
  { id: 'number', header: 'Number', size: 200, minSize: 150, cell: (row) => <NumberCell row={row} /> },
  { id: 'why', header: 'Why next', size: 232, cell: (row) => <WhyCell row={row} /> },
  { id: 'people', header: 'Who', size: 176, cell: (row) => <PeopleCell row={row} /> },
  { id: 'properties', header: 'Properties', size: 148, cell: (row) => <PropertiesCell row={row} /> },
  { id: 'local', header: 'Local time', size: 172, cell: (row) => <LocalTimeNow row={row} /> },
  // who has it is seen without scrolling on a 13-inch screen
  { id: 'claim', header: 'On it', size: 120, cell: (row) => <ClaimCell row={row} /> },
  { id: 'last', header: 'Last call', size: 168, cell: (row) => <LastCallCell row={row} /> },
  { id: 'states', header: 'State', size: 72, cell: (row) => row.states.join(', ') },
  {
    id: 'follow_up',
    header: 'Follow-up',
    size: 104,
    cell: (row) => row.follow_up_at && <RelativeTime at={row.follow_up_at} />,
  },
];

/** The same on a phone: number and who, why next below, and who is on it. */
export const deskMobileRow = (row: DeskRow): MobileRow => ({
  title: (
    <span className="flex items-baseline gap-2">
      <NumberCell row={row} />
      <span className="truncate font-normal text-muted-foreground text-sm">{nameOf(row)}</span>
    </span>
  ),
  detail: (
    <>
      <WhyCell row={row} />
      <span aria-hidden> · </span>
      <LocalTimeNow row={row} />
    </>
  ),
  aside: <ClaimCell row={row} />,
});

const nameOf = (row: DeskRow) => row.people[0]?.name ?? row.organizations[0]?.name ?? '';
