'use client';

import { useQueryClient } from '@tanstack/react-query';
import { MessageSquare, NotebookPen, Phone } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { notify } from '@/components/notify';
import { Button } from '@/components/ui/button';
import { api } from '@/lib/api-client';
import { messageOf } from '@/modules/records/components/use-bulk';
import { useOutreach } from '@/modules/records/components/use-outreach';
import type { Verification } from '../domain';

/** What is done most with a card: log outreach, answer in the conversation with its owner, write a note. */
export function CardActions({
  card,
  onNote,
  more,
}: {
  card: Verification;
  onNote: () => void;
  more?: ReactNode;
}) {
  const client = useQueryClient();
  const router = useRouter();
  const [isOpening, setIsOpening] = useState(false);
  const { log, composer } = useOutreach(
    { kind: 'verification', id: card.id },
    {
      group: 'Card',
      onLogged: () => {
        void client.invalidateQueries({ queryKey: ['timeline', 'verification', card.id] });
        void client.invalidateQueries({ queryKey: ['board'] });
      },
    },
  );

  /** Opens the conversation about this property with its owner, made where there is none. */
  async function reply(owner: string) {
    setIsOpening(true);
    try {
      const { conversation_id } = await api<{ conversation_id: string }>(
        'POST',
        `/api/owners/${owner}/threads`,
        {
          property_id: card.property.id,
        },
      );
      router.push(`/messages/${conversation_id}`);
    } catch (error) {
      setIsOpening(false);
      notify.error('The conversation was not opened', { description: messageOf(error) });
    }
  }

  const { owner } = card;
  return (
    <div className="mt-3 flex flex-wrap items-center gap-1.5">
      <Button variant="outline" size="sm" onClick={() => log()}>
        <Phone aria-hidden /> Log outreach
      </Button>
      {owner ? (
        <Button variant="outline" size="sm" loading={isOpening} onClick={() => void reply(owner.id)}>
          <MessageSquare aria-hidden /> Quick reply
        </Button>
      ) : null}
      {more}
      <Button variant="outline" size="sm" onClick={onNote}>
        <NotebookPen aria-hidden /> Add note
      </Button>
      {composer}
    </div>
  );
}
