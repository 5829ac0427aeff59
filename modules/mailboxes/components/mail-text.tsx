'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/lib/utils';
import { splitQuoted } from '../domain';

/** A mail's text; what it quotes of earlier mails is folded. */
export function MailText({ text, className }: { text: string; className?: string }) {
  const [isOpen, setOpen] = useState(false);
  const { written, quoted } = splitQuoted(text);
  return (
    <div className={cn('text-sm', className)}>
      <p className="whitespace-pre-wrap break-words">{written || quoted}</p>
      {written && quoted ? (
        <>
          <Button
            variant="ghost"
            size="sm"
            className="-ml-2 mt-1 text-muted-foreground"
            aria-expanded={isOpen}
            onClick={() => setOpen((open) => !open)}
          >
            {isOpen ? 'Hide earlier mails' : 'Show earlier mails'}
          </Button>
          {isOpen ? (
            <p className="mt-1 whitespace-pre-wrap break-words border-l-2 pl-3 text-muted-foreground">
              {quoted}
            </p>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
