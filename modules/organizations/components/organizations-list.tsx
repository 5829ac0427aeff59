'use client';

import {
  Building2,
  CircleDot,
  Globe,
  Layers,
  Mail,
  Map as MapIcon,
  MapPin,
  Phone,
  Shapes,
  Tag,
  UserRound,
} from 'lucide-react';
import dynamic from 'next/dynamic';
import { RelativeTime } from '@/components/relative-time';
import { ChannelIcons } from '@/modules/records/components/channel-icons';
import type { ListStart, RecordListConfig } from '@/modules/records/components/list-config';
import { RecordList } from '@/modules/records/components/record-list';
import { TagList } from '@/modules/records/components/tag-list';
import { optionsOf, organizationKinds, sourceWords, wordOf } from '@/modules/records/domain';
import { categoryWords, organizationsList } from '../domain';
import type { OrganizationRow } from '../schema';
import { OrganizationStatusBadge, organizationStatusOptions } from './organization-status';

const Panel = dynamic(() => import('./organization-panel').then((module) => module.OrganizationPanel), {
  ssr: false,
});
const CreateDialog = dynamic(
  () => import('./organization-form').then((module) => module.CreateOrganization),
  {
    ssr: false,
  },
);
const EditDialog = dynamic(() => import('./edit-organization').then((module) => module.EditOrganization), {
  ssr: false,
});

const placeOf = ({ city, state }: OrganizationRow) => [city, state].filter(Boolean).join(', ');
const kindOf = ({ kind }: OrganizationRow) => (kind ? wordOf(organizationKinds, kind) : '');
/** Counts stop at 100; zero is an empty cell. */
const counted = (count: number) => (count === 0 ? '' : count >= 100 ? '100+' : count);

const config: RecordListConfig<OrganizationRow> = {
  definition: organizationsList,
  title: 'Organizations',
  one: 'organization',
  many: 'organizations',
  icon: Building2,
  about:
    'The companies behind people and properties: owner LLCs, managers, developers, family offices, funds.',
  rowLabel: ({ name }) => name,
  columns: ({ memberName }) => [
    { id: 'name', header: 'Name', size: 248, minSize: 140, sortKey: 'name', cell: ({ name }) => name },
    { id: 'kind', header: 'Kind', size: 136, cell: kindOf },
    {
      id: 'category',
      header: 'Category',
      size: 120,
      cell: ({ category }) => category && (categoryWords[category] ?? category),
    },
    { id: 'people', header: 'People', size: 80, align: 'end', cell: (row) => counted(row.people_count) },
    {
      id: 'properties',
      header: 'Properties',
      size: 96,
      align: 'end',
      cell: (row) => counted(row.property_count),
    },
    {
      id: 'channels',
      header: 'Channels',
      size: 96,
      minSize: 88,
      cell: ({ id, emails, phones }) => <ChannelIcons self={id} emails={emails} phones={phones} />,
    },
    { id: 'place', header: 'City', size: 152, cell: placeOf },
    {
      id: 'status',
      header: 'Status',
      size: 136,
      cell: ({ status }) => <OrganizationStatusBadge status={status} />,
    },
    {
      id: 'last_activity',
      header: 'Last activity',
      size: 128,
      sortKey: 'last_activity',
      cell: ({ last_activity_at: at }) => at && <RelativeTime at={at} className="text-muted-foreground" />,
    },
    { id: 'tags', header: 'Tags', size: 200, optional: true, cell: ({ tags }) => <TagList tags={tags} /> },
    {
      id: 'assigned_to',
      header: 'Assigned to',
      size: 152,
      optional: true,
      cell: ({ assigned_to }) => memberName(assigned_to),
    },
    { id: 'aum', header: 'Assets under management', size: 176, optional: true, cell: ({ aum }) => aum },
    { id: 'website', header: 'Website', size: 200, optional: true, cell: ({ domain }) => domain },
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
    detail: [kindOf(row), placeOf(row)].filter(Boolean).join(' · ') || undefined,
    aside:
      row.status === 'active' ? (
        row.last_activity_at && <RelativeTime at={row.last_activity_at} className="text-muted-foreground" />
      ) : (
        <OrganizationStatusBadge status={row.status} />
      ),
  }),
  filters: [
    { key: 'kind', label: 'Kind', icon: Shapes, options: optionsOf(organizationKinds) },
    { key: 'category', label: 'Category', icon: Layers, words: categoryWords },
    { key: 'status', label: 'Status', icon: CircleDot, options: organizationStatusOptions },
    { key: 'tags', label: 'Tags', icon: Tag },
    { key: 'has_email', label: 'E-mail', icon: Mail },
    { key: 'has_phone', label: 'Phone', icon: Phone },
    { key: 'state', label: 'State', icon: MapIcon },
    { key: 'city', label: 'City', icon: MapPin },
    { key: 'sources', label: 'Source', icon: Globe, words: sourceWords },
    { key: 'assigned_to', label: 'Assigned to', icon: UserRound },
  ],
  status: { column: 'status', label: 'Status', options: organizationStatusOptions },
  Panel,
  CreateDialog,
  EditDialog,
};

/** The organizations page's list. */
export function OrganizationsList({ start }: { start: ListStart<OrganizationRow> }) {
  return <RecordList config={config} start={start} />;
}
