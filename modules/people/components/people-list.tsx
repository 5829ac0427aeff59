'use client';

import { Users } from 'lucide-react';
import dynamic from 'next/dynamic';
import { RelativeTime } from '@/components/relative-time';
import { ChannelIcons } from '@/modules/records/components/channel-icons';
import type { ListStart, RecordListConfig } from '@/modules/records/components/list-config';
import { RecordList } from '@/modules/records/components/record-list';
import { TagList } from '@/modules/records/components/tag-list';
import { sourceWords, wordOf } from '@/modules/records/domain';
import { contactTypeWords, nameless, peopleList } from '../domain';
import type { PersonRow } from '../schema';
import { LeadStatusBadge, leadStatusOptions } from './lead-status';
import { peopleFilters } from './people-filters';

const Panel = dynamic(() => import('./person-panel').then((module) => module.PersonPanel), { ssr: false });
const CreateDialog = dynamic(() => import('./create-person').then((module) => module.CreatePerson), {
  ssr: false,
});
const EditDialog = dynamic(() => import('./edit-person').then((module) => module.EditPerson), { ssr: false });

const nameOf = (row: PersonRow) => row.name ?? row.emails[0]?.address ?? row.phones[0]?.display ?? nameless;

const config: RecordListConfig<PersonRow> = {
  definition: peopleList,
  title: 'People',
  one: 'person',
  many: 'people',
  icon: Users,
  about: 'Everybody you reach out to: owners, investors, developers and those who speak for them.',
  rowLabel: nameOf,
  columns: ({ memberName }) => [
    { id: 'name', header: 'Name', size: 208, minSize: 140, sortKey: 'name', cell: nameOf },
    {
      id: 'organization',
      header: 'Organization',
      size: 208,
      cell: ({ organization }) => organization?.name,
    },
    { id: 'title', header: 'Title', size: 176, cell: ({ title }) => title },
    {
      id: 'channels',
      header: 'Channels',
      size: 104,
      minSize: 96,
      cell: ({ id, emails, phones, linkedin }) => (
        <ChannelIcons self={id} emails={emails} phones={phones} linkedin={linkedin} />
      ),
    },
    {
      id: 'last_activity',
      header: 'Last activity',
      size: 128,
      sortKey: 'last_activity',
      cell: ({ last_activity_at: at }) => at && <RelativeTime at={at} className="text-muted-foreground" />,
    },
    {
      id: 'lead_status',
      header: 'Lead status',
      size: 136,
      cell: ({ lead_status }) => <LeadStatusBadge status={lead_status} />,
    },
    { id: 'tags', header: 'Tags', size: 200, optional: true, cell: ({ tags }) => <TagList tags={tags} /> },
    {
      id: 'assigned_to',
      header: 'Assigned to',
      size: 152,
      optional: true,
      cell: ({ assigned_to }) => memberName(assigned_to),
    },
    { id: 'city', header: 'City', size: 136, optional: true, cell: ({ city }) => city },
    { id: 'state', header: 'State', size: 80, optional: true, cell: ({ state }) => state },
    {
      id: 'sources',
      header: 'Source',
      size: 152,
      optional: true,
      cell: ({ sources }) => sources.map((source) => wordOf(sourceWords, source)).join(', '),
    },
    {
      id: 'contact_types',
      header: 'Contact type',
      size: 152,
      optional: true,
      cell: ({ contact_types }) => contact_types.map((type) => wordOf(contactTypeWords, type)).join(', '),
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
    title: nameOf(row),
    detail: [row.organization?.name, row.title].filter(Boolean).join(' · ') || undefined,
    aside: <LeadStatusBadge status={row.lead_status} />,
  }),
  filters: peopleFilters,
  status: { column: 'lead_status', label: 'Lead status', options: leadStatusOptions },
  Panel,
  CreateDialog,
  EditDialog,
};

/** The people page's list. */
export function PeopleList({ start }: { start: ListStart<PersonRow> }) {
  return <RecordList config={config} start={start} />;
}
