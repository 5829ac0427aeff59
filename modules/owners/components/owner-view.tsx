'use client';

import { useQueryClient } from '@tanstack/react-query';
import {
  Building2,
  Ellipsis,
  MessagesSquare,
  NotebookPen,
  PenLine,
  Phone,
  Send,
  Trash2,
  UserRound,
} from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { use, useState } from 'react';
import { InlineSelect, InlineTags } from '@/components/inline-edit';
import { Menu } from '@/components/menu';
import { RelativeTime } from '@/components/relative-time';
import { useShortcut } from '@/components/shortcuts';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { formatCount } from '@/lib/format';
import { useLive } from '@/lib/use-live';
import { DeletedBanner } from '@/modules/records/components/deleted-banner';
import { DetailLayout, DetailSection, Fact } from '@/modules/records/components/detail-layout';
import { PointList } from '@/modules/records/components/point-list';
import { RecordSlotsContext } from '@/modules/records/components/record-slots';
import { RecordStory } from '@/modules/records/components/record-story';
import { useOptions, useRecordWrites } from '@/modules/records/components/use-record';
import { useRecordStory } from '@/modules/records/components/use-record-story';
import { optionsOf, recordHref } from '@/modules/records/domain';
import { ownerKinds, ownerKindWords } from '../domain';
import type { OwnerBundle } from '../schema';
import { NextStep } from './next-step';
import { OwnerContacts } from './owner-contacts';
import { OwnerProperties, OwnerThreads } from './owner-properties';
import { useOpenThread } from './use-open-thread';

const EditOwner = dynamic(() => import('./edit-owner').then((module) => module.EditOwner), { ssr: false });

/**
 * An owner, on its page or beside the list. Keys: `l` log outreach, `n` note, `e` edit, `m` the conversation.
 * @param at when the bundle was read, epoch milliseconds: its timeline is as old
 */
export function OwnerView({
  bundle,
  at,
  isPanel = false,
}: {
  bundle: OwnerBundle;
  at: number;
  isPanel?: boolean;
}) {
  const { owner, party } = bundle;
  const { id } = owner;
  const client = useQueryClient();
  const [editing, setEditing] = useState(false);
  const { save, remove, restore } = useRecordWrites('owners', id, 'owner');
  const options = useOptions('owners');
  const openThread = useOpenThread(id);
  const isLive = owner.deleted_at === null;
  const slots = use(RecordSlotsContext);
  const story = useRecordStory('owner', id, isLive, () => setEditing(true));
  // a colleague's word changes the next step too
  useLive('timeline', (ids) => {
    if (ids === null || ids.includes(id))
      void client.invalidateQueries({ queryKey: ['owners', 'detail', id] });
  });

  useShortcut('m', 'Open the conversation', () => void openThread(), {
    group: 'Owner',
    enabled: isLive,
  });

  const members = options?.members ?? [];
  const memberName = (member: string | null) => members.find((each) => each.id === member)?.name ?? '';
  const phone = party.phones.find(({ status, do_not_call }) => status === 'active' && !do_not_call);
  const place = [party.city, party.state].filter(Boolean).join(', ');
  const entity = party.kind === 'person' ? 'people' : 'organizations';
  const PartyIcon = party.kind === 'person' ? UserRound : Building2;

  const header = (
    <>
      {owner.deleted_at ? (
        <DeletedBanner one="owner" at={owner.deleted_at} onRestore={() => void restore()} />
      ) : null}
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted-foreground text-sm">
        <Link
          href={recordHref(entity, party.id)}
          prefetch={false}
          className="inline-flex items-center gap-1 underline-offset-2 hover:text-foreground hover:underline"
        >
          <PartyIcon aria-hidden className="size-3.5" />
          {party.name && party.name !== owner.display_name
            ? party.name
            : party.kind === 'person'
              ? 'Person page'
              : 'Organization page'}
        </Link>
        {place ? <span>{place}</span> : null}
        {owner.next_step_at ? (
          <span className="inline-flex items-center gap-1">
            Next step <NextStep at={owner.next_step_at} now={at} />
          </span>
        ) : null}
        {bundle.open_tasks > 0 ? <Badge>{formatCount(bundle.open_tasks, 'open task')}</Badge> : null}
      </p>
      <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-1">
        <InlineSelect
          label="Kind"
          value={owner.kind}
          options={optionsOf(ownerKindWords).filter(({ value }) =>
            party.kind === 'person' ? value === ownerKinds[0] : value !== ownerKinds[0],
          )}
          display={() => <Badge variant="outline">{ownerKindWords[owner.kind]}</Badge>}
          onSave={(kind) => save({ kind })}
        />
        <InlineSelect
          label="Assigned to"
          value={owner.assigned_to ?? ''}
          options={[
            { value: '', label: 'Nobody' },
            ...members.map((each) => ({ value: each.id, label: each.name })),
          ]}
          display={(member) => (
            <span className="text-sm">
              <span className="text-muted-foreground">Assigned to </span>
              {member ? memberName(member) || 'a colleague' : 'nobody'}
            </span>
          )}
          onSave={(assigned_to) => save({ assigned_to: assigned_to || null })}
        />
        <InlineTags
          label="Tags"
          value={owner.tags}
          options={(options?.values.tags ?? []).map((tag) => ({ value: tag, label: tag }))}
          onSave={(tags) => save({ tags: [...tags] })}
        />
      </div>
      {isLive ? (
        <div className="mt-3 flex flex-wrap items-center gap-1.5">
          <Button size="sm" onClick={() => story.reach()}>
            <Send aria-hidden /> Log outreach
          </Button>
          {phone ? (
            <Button variant="outline" size="sm" asChild>
              <a href={`tel:${phone.e164}`}>
                <Phone aria-hidden /> Call
              </a>
            </Button>
          ) : null}
          {slots.reach?.({ kind: 'owner', id })}
          <Button variant="outline" size="sm" onClick={() => void openThread()}>
            <MessagesSquare aria-hidden /> Conversation
          </Button>
          <Button variant="outline" size="sm" onClick={story.startNote}>
            <NotebookPen aria-hidden /> Add note
          </Button>
          <Menu
            label="More"
            align="end"
            items={() => [
              { label: 'Edit', icon: PenLine, hint: 'E', onSelect: () => setEditing(true) },
              { label: 'Log a meeting', icon: NotebookPen, onSelect: () => story.log('meeting') },
              { label: 'Log a visit', icon: NotebookPen, onSelect: () => story.log('visit') },
              'separator',
              { label: 'Delete', icon: Trash2, destructive: true, onSelect: () => void remove() },
            ]}
            trigger={(props) => (
              <Button variant="ghost" size="icon-sm" aria-label="More actions" {...props}>
                <Ellipsis aria-hidden className="text-muted-foreground" />
              </Button>
            )}
          />
        </div>
      ) : null}
    </>
  );

  const contact = (
    <>
      <PointList
        owner={{ entity, id: party.id }}
        one="owner"
        phones={party.phones}
        emails={party.emails}
        linkedin={party.linkedin}
        isLive={isLive}
        none={
          bundle.contacts.length + bundle.staff.length > 0
            ? 'No number or address of their own. Those who speak for them are below.'
            : undefined
        }
      />
      <OwnerContacts owner={id} contacts={bundle.contacts} staff={bundle.staff} isLive={isLive} />
    </>
  );

  const facts = (
    <>
      <OwnerProperties
        properties={bundle.properties}
        isLive={isLive}
        offBoard={slots.offBoard}
        onThread={(property) => void openThread(property)}
      />
      <OwnerThreads threads={bundle.threads} />
      {slots.facts({ kind: 'owner', id })}
      <DetailSection title="Details">
        <dl>
          {owner.legal_name && owner.legal_name !== owner.display_name ? (
            <Fact label="Legal name">{owner.legal_name}</Fact>
          ) : null}
          <Fact label={party.kind === 'person' ? 'Person' : 'Organization'}>
            <Link href={recordHref(entity, party.id)} prefetch={false} className="hover:underline">
              {party.name ?? 'No name'}
            </Link>
          </Fact>
          {owner.last_contacted_at ? (
            <Fact label="Last reached">
              <RelativeTime at={owner.last_contacted_at} />
            </Fact>
          ) : null}
          <Fact label="Created">
            <RelativeTime at={owner.created_at} />
            {memberName(owner.created_by) ? ` by ${memberName(owner.created_by)}` : null}
          </Fact>
        </dl>
      </DetailSection>
    </>
  );

  return (
    <>
      <DetailLayout
        isPanel={isPanel}
        header={header}
        contact={contact}
        facts={facts}
        story={
          <RecordStory
            subject="owner"
            id={id}
            story={story}
            isLive={isLive}
            start={{ page: bundle.timeline, at }}
          />
        }
        part={story.part}
        onPart={story.setPart}
      />
      {editing ? <EditOwner id={id} onClose={() => setEditing(false)} /> : null}
    </>
  );
}
