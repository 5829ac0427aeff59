'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogBody, DialogContent, DialogHeader, DialogTitle } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api-client';
import type { OutreachSubject, OutreachTargets } from '@/modules/outreach/domain';
import { TextComposerDialog } from './text-composer-dialog';
import type { TextSubject } from './use-texts';

/** A number, or somebody with numbers, that a text about something can go to. */
function choicesOf({ contacts, phones }: OutreachTargets): (TextSubject & { detail: string })[] {
  return [
    ...contacts.flatMap((contact): (TextSubject & { detail: string })[] => {
      const numbers = contact.phones.map(({ display, e164 }) => display ?? e164).join(', ');
      if (contact.phones.length === 0) return [];
      if (contact.kind === 'person')
        return [
          {
            kind: 'person',
            id: contact.id,
            name: contact.name,
            detail: [contact.role, numbers].filter(Boolean).join(' · '),
          },
        ];
      return contact.phones.map(({ id, display, e164 }) => ({
        kind: 'phone',
        id,
        name: contact.name,
        detail: display ?? e164,
      }));
    }),
    ...phones.map(({ id, display, e164, label }): TextSubject & { detail: string } => ({
      kind: 'phone',
      id,
      name: display ?? e164,
      detail: label ?? 'The property’s own number',
    })),
  ];
}

/** Asks whom of an owner or a card a text goes to, where several could be meant, then writes it. Load it with `next/dynamic`. */
export function TextAboutDialog({ about, onClose }: { about: OutreachSubject; onClose: () => void }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['outreach', 'targets', about.kind, about.id],
    queryFn: ({ signal }) =>
      api<OutreachTargets>('GET', `/api/outreach/targets?subject=${about.kind}&id=${about.id}`, undefined, {
        signal,
      }),
  });
  const [chosen, setChosen] = useState<TextSubject | null>(null);
  const choices = data ? choicesOf(data) : [];
  const subject = chosen ?? (choices.length === 1 ? choices[0] : null);
  if (subject) return <TextComposerDialog subject={subject} onClose={onClose} />;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent aria-describedby={undefined}>
        <DialogHeader>
          <DialogTitle>{data ? `Text about ${data.name}` : 'Text'}</DialogTitle>
        </DialogHeader>
        <DialogBody className="pb-5">
          {error && !data ? (
            <p role="alert" className="text-sm">
              {error.message}{' '}
              <Button variant="ghost" size="sm" onClick={() => void refetch()}>
                Try again
              </Button>
            </p>
          ) : data ? null : (
            <Skeleton className="h-16" />
          )}
          {data && choices.length === 0 ? (
            <p className="text-muted-foreground text-sm">
              Nobody here has a phone number yet. Add one on the page of whoever is behind it.
            </p>
          ) : null}
          <ul className="-mx-2 grid">
            {choices.map((choice) => (
              <li key={`${choice.kind}:${choice.id}`}>
                <button
                  type="button"
                  className="focus-inset w-full rounded-md px-2 py-1.5 text-left hover:bg-accent max-md:min-h-11"
                  onClick={() => setChosen(choice)}
                >
                  <span className="block text-sm">{choice.name}</span>
                  <span className="block text-muted-foreground text-xs tabular-nums">{choice.detail}</span>
                </button>
              </li>
            ))}
          </ul>
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}
