'use client';

import { Plus, Star, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { InlineText } from '@/components/inline-edit';
import { notify } from '@/components/notify';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { NativeSelect } from '@/components/ui/native-select';
import { DetailSection } from '@/modules/records/components/detail-layout';
import { orSay, useRecordWrites } from '@/modules/records/components/use-record';
import { optionsOf, propertyRoles, wordOf } from '@/modules/records/domain';
import type { PersonDetail } from '../schema';

const LinkPicker = dynamic(
  () => import('@/modules/records/components/link-picker').then((module) => module.LinkPicker),
  { ssr: false },
);

/** The organizations a person stands for, with titles, and the properties they have a role at. */
export function PersonLinks({ person }: { person: PersonDetail }) {
  const { call } = useRecordWrites('people', person.id, 'person');
  const [picking, setPicking] = useState<'organizations' | 'properties' | null>(null);
  const [property, setProperty] = useState<{ id: string; label: string } | null>(null);
  const [role, setRole] = useState('owner');
  const { organizations, properties } = person;
  const isLive = person.deleted_at === null;

  const unlink = (what: 'organizations' | 'properties', link: string, name: string, again: unknown) =>
    orSay('Nothing was removed', async () => {
      await call('DELETE', `${what}?link=${link}`);
      notify.success(`${name} was removed`, {
        action: { label: 'Undo', onClick: () => void orSay('Not undone', () => call('POST', what, again)) },
      });
    });

  return (
    <>
      <DetailSection
        title="Organizations"
        count={organizations.length}
        action={
          isLive ? (
            <span className="relative">
              <AddButton label="Add an organization" onClick={() => setPicking('organizations')} />
              {picking === 'organizations' ? (
                <LinkPicker
                  entity="organizations"
                  label="Find or name an organization"
                  creatable
                  onClose={() => setPicking(null)}
                  onPick={(picked) =>
                    void orSay('Not added', () =>
                      call('POST', 'organizations', {
                        organization: 'id' in picked ? { id: picked.id } : { name: picked.name },
                      }),
                    )
                  }
                />
              ) : null}
            </span>
          ) : null
        }
      >
        <ul>
          {organizations.map(({ link_id, id, name, title, is_primary }) => (
            <li key={link_id} className="group/link flex items-start gap-1 py-1 text-sm">
              <div className="min-w-0 flex-1">
                <span className="flex items-center gap-1.5">
                  <Link href={`/organizations/${id}`} prefetch={false} className="truncate hover:underline">
                    {name}
                  </Link>
                  {is_primary && organizations.length > 1 ? (
                    <Star
                      aria-label="Primary"
                      className="size-3 shrink-0 fill-current text-muted-foreground"
                    />
                  ) : null}
                </span>
                <InlineText
                  className="text-muted-foreground text-xs"
                  label={`Title at ${name}`}
                  placeholder="Add a title"
                  value={title ?? ''}
                  onSave={async (next) => {
                    await call('PATCH', 'organizations', { link: link_id, title: next || null });
                  }}
                />
              </div>
              {is_primary ? null : (
                <RowButton
                  label={`Make ${name} the primary organization`}
                  icon={Star}
                  onClick={() =>
                    void orSay('Not changed', () =>
                      call('PATCH', 'organizations', { link: link_id, is_primary: true }),
                    )
                  }
                />
              )}
              <RowButton
                label={`Remove ${name}`}
                icon={X}
                onClick={() =>
                  void unlink('organizations', link_id, name, { organization: { id }, title, is_primary })
                }
              />
            </li>
          ))}
        </ul>
      </DetailSection>
      <DetailSection
        title="Properties"
        count={properties.length}
        action={
          isLive ? (
            <span className="relative">
              <AddButton label="Add a property" onClick={() => setPicking('properties')} />
              {picking === 'properties' ? (
                <LinkPicker
                  entity="properties"
                  label="Find a property"
                  onClose={() => setPicking(null)}
                  onPick={(picked) => 'id' in picked && setProperty(picked)}
                />
              ) : null}
            </span>
          ) : null
        }
      >
        {property ? (
          <form
            className="my-1.5 grid gap-2 rounded-lg border p-3"
            onSubmit={(event) => {
              event.preventDefault();
              void orSay('Not added', async () => {
                await call('POST', 'properties', { property: property.id, role });
                setProperty(null);
              });
            }}
          >
            <Field label={`Role at ${property.label}`}>
              {(control) => (
                <NativeSelect {...control} value={role} onChange={(event) => setRole(event.target.value)}>
                  {optionsOf(propertyRoles).map(({ value, label }) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </NativeSelect>
              )}
            </Field>
            <div className="flex justify-end gap-2">
              <Button variant="outline" size="sm" onClick={() => setProperty(null)}>
                Cancel
              </Button>
              <Button type="submit" size="sm">
                Add
              </Button>
            </div>
          </form>
        ) : null}
        <ul>
          {properties.map(({ link_id, id, name, city, state, role: held }) => (
            <li key={link_id} className="group/link flex items-start gap-1 py-1 text-sm">
              <div className="min-w-0 flex-1">
                <Link href={`/properties/${id}`} prefetch={false} className="block truncate hover:underline">
                  {name}
                </Link>
                <p className="truncate text-muted-foreground text-xs">
                  {[wordOf(propertyRoles, held), [city, state].filter(Boolean).join(', ')]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </div>
              <RowButton
                label={`Remove ${name} as ${wordOf(propertyRoles, held).toLowerCase()}`}
                icon={X}
                onClick={() => void unlink('properties', link_id, name, { property: id, role: held })}
              />
            </li>
          ))}
        </ul>
      </DetailSection>
    </>
  );
}

function AddButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button variant="ghost" size="icon-sm" aria-label={label} onClick={onClick}>
      <Plus aria-hidden className="text-muted-foreground" />
    </Button>
  );
}

function RowButton({ label, icon: Icon, onClick }: { label: string; icon: typeof X; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-muted-foreground opacity-0 hover:bg-accent focus-visible:opacity-100 group-hover/link:opacity-100 max-md:size-10 max-md:opacity-100"
    >
      <Icon aria-hidden className="size-3.5" />
    </button>
  );
}
