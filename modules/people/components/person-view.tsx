'use client';

import { useQuery } from '@tanstack/react-query';
import { Ellipsis, Mail, Mails, NotebookPen, PenLine, Phone, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { type ReactNode, use, useState } from 'react';
import { CopyButton } from '@/components/copy-button';
import { InlineSelect, InlineTags, InlineText } from '@/components/inline-edit';
import { Menu } from '@/components/menu';
import { Button } from '@/components/ui/button';
import { api } from '@/lib/api-client';
import { DeletedBanner } from '@/modules/records/components/deleted-banner';
import { DetailLayout, DetailSection, Fact } from '@/modules/records/components/detail-layout';
import { LinkedInGlyph } from '@/modules/records/components/linkedin-glyph';
import { OriginFacts } from '@/modules/records/components/origin-facts';
import { OwnerLink } from '@/modules/records/components/owner-link';
import { PointList } from '@/modules/records/components/point-list';
import { RecordSlotsContext } from '@/modules/records/components/record-slots';
import { RecordStory } from '@/modules/records/components/record-story';
import { orSay, useOptions, useRecordWrites } from '@/modules/records/components/use-record';
import { useRecordStory } from '@/modules/records/components/use-record-story';
import { contactTypeWords, leadStatusWords, personName } from '../domain';
import type { PersonDetail, Suggestion } from '../schema';
import { LeadStatusBadge, leadStatusOptions } from './lead-status';
import { PersonLinks } from './person-links';

const EditPerson = dynamic(() => import('./edit-person').then((module) => module.EditPerson), { ssr: false });

/**
 * A person, on their page or beside the list. Keys: `e` edit, `n` note, `l` log outreach.
 * @param work what else hangs on it, such as tasks and files; stands above the facts
 */
export function PersonView({
  person,
  isPanel = false,
  work,
}: {
  person: PersonDetail;
  isPanel?: boolean;
  work?: ReactNode;
}) {
  const { id } = person;
  const slots = use(RecordSlotsContext);
  const [editing, setEditing] = useState(false);
  const { save, call, remove, restore } = useRecordWrites('people', id, 'person');
  const options = useOptions('people');
  const isLive = person.deleted_at === null;
  const phone = person.phones.find(({ status, do_not_call }) => status === 'active' && !do_not_call);
  const email = person.emails.find(({ status }) => status === 'active');
  const profile = person.linkedin[0];

  const story = useRecordStory('person', id, isLive, () => setEditing(true));
  const members = options?.members ?? [];
  const memberName = (member: string | null) => members.find((each) => each.id === member)?.name ?? '';
  const setField = (key: string) => (value: string) => save({ [key]: value || null });

  const header = (
    <>
      {person.deleted_at ? (
        <DeletedBanner one="person" at={person.deleted_at} onRestore={() => void restore()} />
      ) : null}
      <p className="text-muted-foreground">
        {[person.title, person.organizations[0]?.name].filter(Boolean).join(' · ')}
      </p>
      <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-1">
        <InlineSelect
          label="Lead status"
          value={person.lead_status}
          options={leadStatusOptions.map(({ value, label }) => ({ value, label }))}
          display={(status) => <LeadStatusBadge status={status} />}
          onSave={(lead_status) => save({ lead_status })}
        />
        <InlineSelect
          label="Assigned to"
          value={person.assigned_to ?? ''}
          options={[
            { value: '', label: 'Nobody' },
            ...members.map(({ id, name }) => ({ value: id, label: name })),
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
          value={person.tags}
          options={(options?.values.tags ?? []).map((tag) => ({ value: tag, label: tag }))}
          onSave={(tags) => save({ tags: [...tags] })}
        />
        {person.owner ? <OwnerLink id={person.owner.id} /> : null}
      </div>
      {isLive ? (
        <div className="mt-3 flex flex-wrap items-center gap-1.5">
          {phone ? (
            <Button variant="outline" size="sm" asChild>
              <a href={`tel:${phone.e164}`}>
                <Phone aria-hidden /> Call
              </a>
            </Button>
          ) : null}
          {slots.reach?.({ kind: 'person', id })}
          <Button variant="outline" size="sm" onClick={() => story.reach('call')}>
            <Phone aria-hidden /> Log call
          </Button>
          <Button variant="outline" size="sm" onClick={() => story.reach('email')}>
            <Mail aria-hidden /> Log e-mail
          </Button>
          <Button variant="outline" size="sm" onClick={story.startNote}>
            <NotebookPen aria-hidden /> Add note
          </Button>
          {profile ? (
            <Button variant="outline" size="sm" asChild>
              <a href={profile.url} target="_blank" rel="noreferrer">
                <LinkedInGlyph className="size-4" /> LinkedIn
              </a>
            </Button>
          ) : null}
          <Button variant="outline" size="sm" asChild>
            <Link href={`/people/${id}/emails`} prefetch={false}>
              <Mails aria-hidden /> E-mails
            </Link>
          </Button>
          {email ? <CopyButton value={email.address} label={`Copy ${email.address}`} /> : null}
          <Menu
            label="More"
            align="end"
            items={() => [
              { label: 'Edit', icon: PenLine, hint: 'E', onSelect: () => setEditing(true) },
              { label: 'Log a meeting', icon: NotebookPen, onSelect: () => story.log('meeting') },
              { label: 'Log a LinkedIn message', icon: NotebookPen, onSelect: () => story.log('linkedin') },
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
      <Suggestions person={id} onDismiss={(suggestion) => call('DELETE', `suggestions/${suggestion}`)} />
    </>
  );

  const contact = (
    <PointList
      owner={{ entity: 'people', id }}
      one="person"
      isLive={isLive}
      phones={person.phones}
      emails={person.emails}
      linkedin={person.linkedin}
    />
  );

  const facts = (
    <>
      {work}
      <PersonLinks person={person} />
      <DetailSection title="Details">
        <dl>
          <Fact label="Title">
            <InlineText label="Title" value={person.title ?? ''} onSave={setField('title')} />
          </Fact>
          <Fact label="City">
            <InlineText label="City" value={person.city ?? ''} onSave={setField('city')} />
          </Fact>
          <Fact label="State">
            <InlineText label="State" value={person.state ?? ''} onSave={setField('state')} />
          </Fact>
          <Fact label="Contact type">
            <InlineTags
              label="Contact type"
              placeholder="Add"
              value={person.contact_types}
              options={Object.entries(contactTypeWords).map(([value, label]) => ({ value, label }))}
              onSave={(contact_types) => save({ contact_types: [...contact_types] })}
            />
          </Fact>
          <OriginFacts record={person} memberName={memberName} />
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
          <RecordStory subject="person" id={id} name={personName(person)} story={story} isLive={isLive} />
        }
        part={story.part}
        onPart={story.setPart}
      />
      {editing ? <EditPerson id={id} onClose={() => setEditing(false)} /> : null}
      <span className="sr-only" role="status">
        {`${personName(person)}, ${leadStatusWords[person.lead_status as keyof typeof leadStatusWords] ?? ''}`}
      </span>
    </>
  );
}

/** Who could be the same person, for a person to say. */
function Suggestions({ person, onDismiss }: { person: string; onDismiss: (id: string) => Promise<unknown> }) {
  const { data, refetch } = useQuery({
    queryKey: ['people', 'suggestions', person],
    queryFn: async () =>
      (await api<{ suggestions: Suggestion[] }>('GET', `/api/people/${person}/suggestions`)).suggestions,
  });
  if (!data || data.length === 0) return null;
  return (
    <ul aria-label="Could be the same person" className="mt-3 grid gap-1">
      {data.map((suggestion) => (
        <li
          key={suggestion.id}
          className="flex flex-wrap items-center gap-2 rounded-lg border bg-warning-soft px-3 py-1.5 text-sm"
        >
          <span className="min-w-0 flex-1">
            Could be the same person as{' '}
            <a className="font-medium underline underline-offset-2" href={`/people/${suggestion.person.id}`}>
              {suggestion.person.name ?? 'somebody without a name'}
            </a>
          </span>
          <Button
            variant="ghost"
            size="sm"
            onClick={() =>
              void orSay('Not dismissed', async () => {
                await onDismiss(suggestion.id);
                await refetch();
              })
            }
          >
            Not the same
          </Button>
        </li>
      ))}
    </ul>
  );
}
