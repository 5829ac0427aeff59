'use client';

import { MessageSquare } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import type { OutreachSubject } from '@/modules/outreach/domain';

const TextComposerDialog = dynamic(
  () => import('./text-composer-dialog').then((module) => module.TextComposerDialog),
  { ssr: false },
);
const TextAboutDialog = dynamic(
  () => import('./text-about-dialog').then((module) => module.TextAboutDialog),
  {
    ssr: false,
  },
);

/** Texts somebody from a list of people. */
export function TextPersonButton({ person }: { person: { id: string; name: string } }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="ghost"
        size="icon-sm"
        className="size-6 opacity-0 focus-visible:opacity-100 group-hover/link:opacity-100 max-md:size-10 max-md:opacity-100"
        aria-label={`Text ${person.name}`}
        onClick={() => setOpen(true)}
      >
        <MessageSquare aria-hidden className="size-3.5 text-muted-foreground" />
      </Button>
      {isOpen ? (
        <TextComposerDialog subject={{ kind: 'person', ...person }} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}

/** Texts whoever stands behind an owner or a card. */
export function TextAboutButton({ about }: { about: OutreachSubject }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="outline" size="sm" onClick={() => setOpen(true)}>
        <MessageSquare aria-hidden /> Text
      </Button>
      {isOpen ? <TextAboutDialog about={about} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
