'use client';

import { PenLine, Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { use, useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ChannelIcons } from '@/modules/records/components/channel-icons';
import { DetailSection } from '@/modules/records/components/detail-layout';
import { LinkedRow, unlinkWithUndo } from '@/modules/records/components/linked-row';
import { RecordSlotsContext } from '@/modules/records/components/record-slots';
import { useRecordWrites } from '@/modules/records/components/use-record';
import { recordHref, wordOf } from '@/modules/records/domain';
import { contactRoleWords, preferredChannelWords } from '../domain';
import type { OwnerContact, OwnerStaff } from '../schema';

const ContactForm = dynamic(() => import('./contact-form').then((module) => module.ContactForm), {
  ssr: false,
});

/** Who speaks for an owner: their role, how they like to be reached, and the ways there. */
export function OwnerContacts({
  owner,
  contacts,
  staff,
  isLive,
}: {
  owner: string;
  contacts: readonly OwnerContact[];
  staff: readonly OwnerStaff[];
  isLive: boolean;
}) {
  const { call } = useRecordWrites('owners', owner, 'owner');
  const slots = use(RecordSlotsContext);
  const [form, setForm] = useState<{
    contact?: OwnerContact;
    person?: { value: string; label: string };
  } | null>(null);
  return (
    <DetailSection
      title="Who speaks for them"
      count={contacts.length}
      action={
        isLive ? (
          <Button variant="ghost" size="icon-sm" aria-label="Add a contact" onClick={() => setForm({})}>
            <Plus aria-hidden className="text-muted-foreground" />
          </Button>
        ) : null
      }
    >
      {contacts.length + staff.length === 0 ? (
        <p className="text-muted-foreground text-sm">
          Nobody yet: a property manager, an assistant or a broker, with the channel they prefer.
        </p>
      ) : null}
      <ul>
        {contacts.map((contact) => {
          const name = contact.name ?? 'No name';
          return (
            <LinkedRow
              key={contact.id}
              href={`/people/${contact.person_id}`}
              name={name}
              aside={
                <>
                  <Badge variant="outline">{wordOf(contactRoleWords, contact.role)}</Badge>
                  <span className="ml-auto inline-flex items-center gap-1">
                    <ChannelIcons
                      self={contact.person_id}
                      emails={contact.emails}
                      phones={contact.phones}
                      linkedin={contact.linkedin}
                    />
                    {isLive ? slots.contact?.({ id: contact.person_id, name }) : null}
                    {isLive ? (
                      <Button
                        variant="ghost"
                        size="icon-sm"
                        className="size-6 opacity-0 focus-visible:opacity-100 group-hover/link:opacity-100 max-md:size-10 max-md:opacity-100"
                        aria-label={`Edit ${name} as a contact`}
                        onClick={() => setForm({ contact })}
                      >
                        <PenLine aria-hidden className="size-3.5 text-muted-foreground" />
                      </Button>
                    ) : null}
                  </span>
                </>
              }
              removeLabel={`Remove ${name} as a contact`}
              onRemove={() =>
                void unlinkWithUndo(
                  name,
                  () => call('DELETE', `contacts?contact=${contact.id}`),
                  () =>
                    call('POST', 'contacts', {
                      person_id: contact.person_id,
                      role: contact.role,
                      preferred_channel: contact.preferred_channel,
                      notes: contact.notes,
                    }),
                )
              }
            >
              {contact.preferred_channel || contact.notes ? (
                <p className="text-muted-foreground text-xs">
                  {[
                    contact.preferred_channel &&
                      `Prefers ${wordOf(preferredChannelWords, contact.preferred_channel)}`,
                    contact.notes,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              ) : null}
            </LinkedRow>
          );
        })}
        {staff.map(({ person_id, name, title, emails, phones, linkedin }) => (
          <li key={person_id} className="flex min-h-7 items-center gap-2 py-1 text-sm">
            <Link
              href={recordHref('people', person_id)}
              prefetch={false}
              className="min-w-0 truncate hover:underline"
            >
              {name ?? 'No name'}
            </Link>
            <span className="min-w-0 shrink-[2] truncate text-muted-foreground text-xs">
              {title ?? 'Works there'}
            </span>
            <span className="ml-auto inline-flex shrink-0 items-center gap-1">
              <ChannelIcons self={person_id} emails={emails} phones={phones} linkedin={linkedin} />
              {isLive ? slots.contact?.({ id: person_id, name: name ?? 'No name' }) : null}
              {isLive ? (
                <Button
                  variant="ghost"
                  size="icon-sm"
                  className="size-6 max-md:size-10"
                  aria-label={`Say what ${name ?? 'this person'} is to the owner`}
                  title="Make them a contact"
                  onClick={() => setForm({ person: { value: person_id, label: name ?? 'No name' } })}
                >
                  <Plus aria-hidden className="size-3.5 text-muted-foreground" />
                </Button>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {form ? <ContactForm owner={owner} {...form} onClose={() => setForm(null)} /> : null}
    </DetailSection>
  );
}
