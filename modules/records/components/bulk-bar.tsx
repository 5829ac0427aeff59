'use client';

import { useQueryClient } from '@tanstack/react-query';
import { CircleDot, Tag, Trash2, UserRound } from 'lucide-react';
import dynamic from 'next/dynamic';
import { use, useState } from 'react';
import { Menu } from '@/components/menu';
import { StatusIcon } from '@/components/status-badge';
import { Button } from '@/components/ui/button';
import { subjectOf } from '../domain';
import type { Assignee } from '../queries';
import type { BulkChange } from '../schema';
import { useDeleteGuard } from './delete-guard';
import type { RecordListConfig, RecordRow } from './list-config';
import { RecordSlotsContext } from './record-slots';
import { fetchOptions } from './use-records';

const TagPicker = dynamic(() => import('./tag-picker').then((module) => module.TagPicker), { ssr: false });

/** What can be done with the selected rows: tag, assign, set the status, delete. Each can be undone from its message. */
export function BulkBar<Row extends RecordRow>({
  config,
  members,
  selected,
  onChange,
}: {
  config: RecordListConfig<Row>;
  members: readonly Assignee[];
  selected: ReadonlySet<string>;
  onChange: (change: BulkChange, done: string) => void;
}) {
  const client = useQueryClient();
  const [tagging, setTagging] = useState(false);
  const { status, definition } = config;
  const kind = subjectOf[definition.entity];
  const slots = use(RecordSlotsContext);
  const { guard, dialog } = useDeleteGuard(kind, config.one, config.many);
  return (
    <>
      <span className="relative">
        <Button
          variant="outline"
          size="sm"
          aria-haspopup="dialog"
          aria-expanded={tagging}
          onClick={() => setTagging(true)}
        >
          <Tag aria-hidden /> Tag
        </Button>
        {tagging ? (
          <TagPicker
            loadTags={async () => (await fetchOptions(client, definition.entity)).values.tags ?? []}
            onClose={() => setTagging(false)}
            onAdd={(tag) => onChange({ add_tags: [tag] }, `tagged “${tag}”`)}
            onRemove={(tag) => onChange({ remove_tags: [tag] }, `no longer tagged “${tag}”`)}
          />
        ) : null}
      </span>
      <Menu
        label="Assign"
        items={() => [
          ...members.map(({ id, name }) => ({
            label: name,
            onSelect: () => onChange({ assigned_to: id }, `assigned to ${name}`),
          })),
          'separator' as const,
          { label: 'Nobody', onSelect: () => onChange({ assigned_to: null }, 'assigned to nobody') },
        ]}
        trigger={(props) => (
          <Button variant="outline" size="sm" {...props}>
            <UserRound aria-hidden /> Assign
          </Button>
        )}
      />
      {status ? (
        <Menu
          label={status.label}
          items={() =>
            status.options.map(({ value, label, glyph, tone }) => ({
              label,
              icon: () => <StatusIcon glyph={glyph} tone={tone} />,
              onSelect: () => onChange({ [status.column]: value }, `set to ${label}`),
            }))
          }
          trigger={(props) => (
            <Button variant="outline" size="sm" {...props}>
              <CircleDot aria-hidden /> {status.label}
            </Button>
          )}
        />
      ) : null}
      {slots.bulk(kind, selected)}
      <Button
        variant="outline"
        size="sm"
        onClick={() => void guard([...selected], () => onChange({ deleted: true }, 'deleted'))}
      >
        <Trash2 aria-hidden className="text-destructive-text" /> Delete
      </Button>
      {dialog}
    </>
  );
}
