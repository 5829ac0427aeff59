'use client';

import { Mail } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '@/components/ui/button';

const ComposeMail = dynamic(() => import('./compose-mail').then((module) => module.ComposeMail), {
  ssr: false,
});

/** Writes to somebody from a list of people. */
export function WriteMailButton({ person }: { person: { id: string; name: string } }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="ghost"
        size="icon-sm"
        className="size-6 opacity-0 focus-visible:opacity-100 group-hover/link:opacity-100 max-md:size-10 max-md:opacity-100"
        aria-label={`Write to ${person.name}`}
        onClick={() => setOpen(true)}
      >
        <Mail aria-hidden className="size-3.5 text-muted-foreground" />
      </Button>
      {isOpen ? <ComposeMail person={person} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
