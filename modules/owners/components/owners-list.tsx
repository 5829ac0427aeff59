'use client';

import {
  Building,
  CalendarClock,
  KeyRound,
  ListChecks,
  MessageSquare,
  Shapes,
  Tag,
  UserRound,
} from 'lucide-react';
import dynamic from 'next/dynamic';
import { RelativeTime } from '@/components/relative-time';
import { Badge } from '@/components/ui/badge';
import { ChannelIcons } from '@/modules/records/components/channel-icons';
import type { ListStart, RecordListConfig } from '@/modules/records/components/list-config';
import { RecordList } from '@/modules/records/components/record-list';
import { TagList } from '@/modules/records/components/tag-list';
import { optionsOf } from '@/modules/records/domain';
import { contactedWords, nextStepWords, ownerKindWords, ownersList } from '../domain';
import type { OwnerRow } from '../schema';
import { NextStep } from './next-step';
import { OwnerFigures } from './owner-figures';

const Panel = dynamic(() => import('./owner-panel').then((module) => module.OwnerPanel), { ssr: false });
const CreateDialog = dynamic(() => import('./create-owner').then((module) => module.CreateOwner), {
  ssr: false,
});
const EditDialog = dynamic(() => import('./edit-owner').then((module) => module.EditOwner), { ssr: false });

const count = (value: number) => (value === 0 ? '' : value === 100 ? '100+' : value);

const config: RecordListConfig<OwnerRow> = {
  definition: ownersList,
  title: 'Owners',
  one: 'owner',
  many: 'owners',
  icon: KeyRound,
  about: 'The people and companies that own your properties: who to reach, what was said, what comes next.',
  rowLabel: ({ name }) => name,
  Figures: OwnerFigures,
  columns: ({ memberName }) => [
    { id: 'name', header: 'Owner', size: 240, minSize: 140, sortKey: 'name', cell: ({ name }) => name },
    {
      id: 'kind',
      header: 'Kind',
      size: 112,
      cell: ({ kind }) => <Badge variant="outline">{ownerKindWords[kind]}</Badge>,
    },
    {
      id: 'channels',
      header: 'Channels',
      size: 104,
      minSize: 96,
      cell: ({ id, person_id, organization_id, emails, phones, linkedin }) => (
        <ChannelIcons
          self={person_id ?? organization_id ?? id}
          emails={emails}
          phones={phones}
          linkedin={linkedin}
        />
      ),
    },
    {
      id: 'next_step',
      header: 'Next step',
      size: 136,
      sortKey: 'next_step',
      cell: ({ next_step_at }) => <NextStep at={next_step_at} now={Date.now()} />,
    },
    {
      id: 'last_activity',
      header: 'Last activity',
      size: 128,
      sortKey: 'last_activity',
      cell: ({ last_activity_at: at }) => at && <RelativeTime at={at} className="text-muted-foreground" />,
    },
    {
      id: 'properties',
      header: 'Properties',
      size: 96,
      align: 'end',
      cell: ({ property_count }) => count(property_count),
    },
    {
      id: 'cards',
      header: 'In verification',
      size: 120,
      align: 'end',
      cell: ({ card_count }) => count(card_count),
    },
    {
      id: 'assigned_to',
      header: 'Assigned to',
      size: 152,
      cell: ({ assigned_to }) => memberName(assigned_to),
    },
    {
      id: 'contacted',
      header: 'Last reached',
      size: 128,
      optional: true,
      cell: ({ last_contacted_at: at }) => at && <RelativeTime at={at} className="text-muted-foreground" />,
    },
    { id: 'tags', header: 'Tags', size: 200, optional: true, cell: ({ tags }) => <TagList tags={tags} /> },
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
    detail:
      [
        ownerKindWords[row.kind],
        row.property_count > 0 &&
          `${count(row.property_count)} ${row.property_count === 1 ? 'property' : 'properties'}`,
      ]
        .filter(Boolean)
        .join(' · ') || undefined,
    aside: row.next_step_at ? <NextStep at={row.next_step_at} now={Date.now()} /> : undefined,
  }),
  filters: [
    { key: 'next_step', label: 'Next step', icon: CalendarClock, options: optionsOf(nextStepWords) },
    { key: 'contacted', label: 'Reached', icon: MessageSquare, options: optionsOf(contactedWords) },
    { key: 'kind', label: 'Kind', icon: Shapes, options: optionsOf(ownerKindWords) },
    { key: 'has_card', label: 'In verification', icon: ListChecks },
    { key: 'has_property', label: 'Property', icon: Building },
    { key: 'tags', label: 'Tags', icon: Tag },
    { key: 'assigned_to', label: 'Assigned to', icon: UserRound },
  ],
  Panel,
  CreateDialog,
  EditDialog,
};

/** The owners page's list. */
export function OwnersList({ start }: { start: ListStart<OwnerRow> }) {
  return <RecordList config={config} start={start} />;
}
