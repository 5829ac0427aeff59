'use client';

import {
  Building,
  Globe,
  KeyRound,
  Map as MapIcon,
  MapPin,
  Navigation,
  Phone,
  Tag,
  UserRound,
} from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { RelativeTime } from '@/components/relative-time';
import { formatNumber } from '@/lib/format';
import { ChannelIcons } from '@/modules/records/components/channel-icons';
import type { ListStart, RecordListConfig } from '@/modules/records/components/list-config';
import { RecordList } from '@/modules/records/components/record-list';
import { TagList } from '@/modules/records/components/tag-list';
import { propertyRoles, recordHref, sourceWords, wordOf } from '@/modules/records/domain';
import { placeOf, propertiesList } from '../domain';
import type { PropertyRow } from '../schema';

const Panel = dynamic(() => import('./property-panel').then((module) => module.PropertyPanel), {
  ssr: false,
});
const CreateDialog = dynamic(() => import('./property-form').then((module) => module.CreateProperty), {
  ssr: false,
});
const EditDialog = dynamic(() => import('./edit-property').then((module) => module.EditProperty), {
  ssr: false,
});

/** Who stands behind a property besides its owner: "Ada Park (Manager), Bo Lin (Developer)". */
const partiesOf = ({ parties, owner }: PropertyRow) =>
  parties
    .filter(({ id }) => id !== owner?.person_id && id !== owner?.organization_id)
    .map(
      ({ name, roles }) =>
        `${name ?? 'No name'} (${roles.map((role) => wordOf(propertyRoles, role)).join(', ')})`,
    )
    .join(', ');

const config: RecordListConfig<PropertyRow> = {
  definition: propertiesList,
  title: 'Properties',
  one: 'property',
  many: 'properties',
  icon: Building,
  about: 'The buildings you work on, with who owns, runs and finances each of them.',
  rowLabel: ({ name }) => name,
  columns: ({ memberName }) => [
    { id: 'name', header: 'Name', size: 224, minSize: 140, sortKey: 'name', cell: ({ name }) => name },
    {
      id: 'address',
      header: 'Address',
      size: 240,
      cell: ({ address, city }) => [address, city].filter(Boolean).join(', '),
    },
    { id: 'state', header: 'State', size: 72, cell: ({ state }) => state },
    { id: 'market', header: 'Market', size: 144, cell: ({ market }) => market },
    {
      id: 'units',
      header: 'Units',
      size: 80,
      align: 'end',
      sortKey: 'units',
      cell: ({ units }) => (units === null ? '' : formatNumber(units)),
    },
    {
      id: 'owner',
      header: 'Owner',
      size: 208,
      cell: ({ owner }) =>
        owner && (
          <Link href={recordHref('owners', owner.id)} prefetch={false} className="hover:underline">
            {owner.name}
          </Link>
        ),
    },
    { id: 'parties', header: 'Involved', size: 240, cell: partiesOf },
    {
      id: 'phone',
      header: 'Phone',
      size: 80,
      cell: ({ id, phones }) => (phones.length === 0 ? null : <ChannelIcons self={id} phones={phones} />),
    },
    {
      id: 'last_activity',
      header: 'Last activity',
      size: 128,
      sortKey: 'last_activity',
      cell: ({ last_activity_at: at }) => at && <RelativeTime at={at} className="text-muted-foreground" />,
    },
    { id: 'tags', header: 'Tags', size: 200, optional: true, cell: ({ tags }) => <TagList tags={tags} /> },
    { id: 'submarket', header: 'Submarket', size: 144, optional: true, cell: ({ submarket }) => submarket },
    { id: 'county', header: 'County', size: 128, optional: true, cell: ({ county }) => county },
    {
      id: 'sqft',
      header: 'Square feet',
      size: 112,
      align: 'end',
      optional: true,
      cell: ({ sqft }) => (sqft === null ? '' : formatNumber(sqft)),
    },
    { id: 'completed', header: 'Completed', size: 112, optional: true, cell: (row) => row.completion_date },
    {
      id: 'assigned_to',
      header: 'Assigned to',
      size: 152,
      optional: true,
      cell: ({ assigned_to }) => memberName(assigned_to),
    },
    {
      id: 'sources',
      header: 'Source',
      size: 152,
      optional: true,
      cell: ({ sources }) => sources.map((source) => wordOf(sourceWords, source)).join(', '),
    },
    {
      id: 'created',
      header: 'Created',
      size: 120,
      sortKey: 'created',
      optional: true,
      cell: ({ created_at }) => <RelativeTime at={created_at} className="text-muted-foreground" />,
    },
  ],
  mobileRow: (row) => ({
    title: row.name,
    detail: row.owner?.name ?? placeOf({ city: row.city, state: row.state }) ?? undefined,
    aside: row.units === null ? undefined : `${formatNumber(row.units)} units`,
  }),
  filters: [
    { key: 'market', label: 'Market', icon: Navigation },
    { key: 'state', label: 'State', icon: MapIcon },
    { key: 'city', label: 'City', icon: MapPin },
    { key: 'tags', label: 'Tags', icon: Tag },
    { key: 'has_owner', label: 'Owner', icon: KeyRound },
    { key: 'has_phone', label: 'Phone', icon: Phone },
    { key: 'sources', label: 'Source', icon: Globe, words: sourceWords },
    { key: 'assigned_to', label: 'Assigned to', icon: UserRound },
  ],
  Panel,
  CreateDialog,
  EditDialog,
};

/** The properties page's list. */
export function PropertiesList({ start }: { start: ListStart<PropertyRow> }) {
  return <RecordList config={config} start={start} />;
}
