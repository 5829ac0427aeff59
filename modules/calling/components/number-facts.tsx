'use client';

import { Building2, Mail, MapPinHouse, Phone } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { CopyButton } from '@/components/copy-button';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { formatCount, formatNumber } from '@/lib/format';
import { cn } from '@/lib/utils';
import { emailState, phoneState } from '@/modules/contact-points/domain';
import { leadStatusWords } from '@/modules/people/domain';
import { wordOf } from '@/modules/records/domain';
import type { DeskBundle, DeskPerson, DeskProperty } from '../schema';
import { roleWord } from './desk-filters';
import { StateDot } from './number-cells';
import { keyedPeople } from './outcome-draft';
import { PhoneText } from './phone-text';

/** A part of the card with its heading. */
export function CardSection({
  title,
  count,
  aside,
  children,
  className,
}: {
  title: string;
  count?: number;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section aria-label={title} className={cn('min-w-0', className)}>
      <div className="mb-1.5 flex min-h-7 items-center gap-2">
        <h3 className="font-medium text-sm">{title}</h3>
        {count !== undefined ? (
          <span className="text-muted-foreground text-xs tabular-nums">{formatNumber(count)}</span>
        ) : null}
        {aside ? <div className="ml-auto">{aside}</div> : null}
      </div>
      {children}
    </section>
  );
}

/** Everybody behind the number: what they are, their addresses and their other numbers. */
export function PeopleSection({ bundle }: { bundle: DeskBundle }) {
  const { organizations } = bundle;
  return (
    <CardSection title="Who is behind it" count={bundle.people.length}>
      {bundle.people.length === 0 && organizations.length === 0 ? (
        <p className="text-muted-foreground text-sm">
          Nobody is known yet. Save an outcome with the e-mail they give, or add a person to the property.
        </p>
      ) : null}
      <ul className="grid gap-2">
        {keyedPeople(bundle).map(({ person }) => (
          <PersonLine key={person.id} person={person} />
        ))}
        {organizations.map(({ id, name, kind }) => (
          <li key={id} className="flex min-w-0 items-center gap-2 text-sm">
            <Building2 aria-hidden className="size-4 shrink-0 text-muted-foreground" />
            <Link href={`/organizations/${id}`} className="truncate hover:underline">
              {name}
            </Link>
            {kind ? <span className="shrink-0 text-muted-foreground text-xs">{wordOf({}, kind)}</span> : null}
          </li>
        ))}
      </ul>
    </CardSection>
  );
}

function PersonLine({ person }: { person: DeskPerson }) {
  const place = [person.city, person.state].filter(Boolean).join(', ');
  return (
    <li className="min-w-0 rounded-lg border px-3 py-2">
      <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
        <Link href={`/people/${person.id}`} className="min-w-0 truncate font-medium text-sm hover:underline">
          {person.name}
        </Link>
        {person.lead_status !== 'new' ? (
          <Badge variant={person.lead_status === 'do_not_contact' ? 'danger' : 'neutral'}>
            {wordOf(leadStatusWords, person.lead_status)}
          </Badge>
        ) : null}
        {person.label ? <span className="text-muted-foreground text-xs">{person.label}</span> : null}
      </div>
      <p className="line-clamp-2 text-muted-foreground text-xs">
        {[
          person.roles.map(roleWord).join(', '),
          person.title,
          person.organization?.name,
          place,
          person.assigned_to && `with ${person.assigned_to.name}`,
          person.notes_count > 0 && formatCount(person.notes_count, 'note'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {person.emails.map(({ id, address, status }) => {
        const state = emailState({ status });
        return (
          <p key={id} className="mt-0.5 flex min-w-0 items-center gap-1.5 text-xs">
            <Mail aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
            <span className={cn('truncate', state.tone === 'blocked' && 'line-through')}>{address}</span>
            {state.tone !== 'ok' ? (
              <span className="shrink-0 text-muted-foreground">{state.words}</span>
            ) : null}
            <CopyButton value={address} label={`Copy ${address}`} />
          </p>
        );
      })}
      {person.phones.map(({ id, e164, status, do_not_call }) => {
        const state = phoneState({ status, do_not_call, sms_opted_out: false });
        return (
          <p key={id} className="mt-0.5 flex min-w-0 items-center gap-1.5 text-xs">
            <Phone aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
            <Link href={`/calls?number=${id}`} className="truncate tabular-nums hover:underline">
              <PhoneText e164={e164} />
            </Link>
            {state.tone !== 'ok' ? <StateDot words={state.words} tone={state.tone} /> : null}
          </p>
        );
      })}
    </li>
  );
}

const shownAtFirst = 3;

/** The properties behind the number, with where they are and how large. */
export function PropertiesSection({ properties }: { properties: readonly DeskProperty[] }) {
  const [isWhole, setWhole] = useState(false);
  if (properties.length === 0) return null;
  // the outcome below stays in reach; one more than fits is not worth a press
  const isLong = properties.length > shownAtFirst + 1;
  const shown = isWhole || !isLong ? properties : properties.slice(0, shownAtFirst);
  return (
    <CardSection title="Properties" count={properties.length}>
      <ul className="grid gap-1.5">
        {shown.map((property) => (
          <li key={property.id} className="flex min-w-0 items-baseline gap-2 text-sm">
            <MapPinHouse aria-hidden className="size-4 shrink-0 translate-y-0.5 text-muted-foreground" />
            <div className="min-w-0">
              <Link href={`/properties/${property.id}`} className="hover:underline">
                {property.name}
              </Link>
              <p className="line-clamp-2 text-muted-foreground text-xs">
                {[
                  property.address,
                  [property.city, property.state].filter(Boolean).join(', '),
                  property.units !== null && formatCount(property.units, 'unit'),
                  property.owner && `owned by ${property.owner.name}`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {isLong ? (
        <Button
          variant="ghost"
          size="sm"
          className="-ml-2 mt-1"
          aria-expanded={isWhole}
          onClick={() => setWhole((was) => !was)}
        >
          {isWhole ? 'Show fewer' : `Show ${properties.length - shown.length} more`}
        </Button>
      ) : null}
    </CardSection>
  );
}
