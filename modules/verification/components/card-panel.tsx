'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Building, Clock, Ellipsis, KeyRound, SquareMinus, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { InlineSelect } from '@/components/inline-edit';
import { Menu } from '@/components/menu';
import { useShortcut } from '@/components/shortcuts';
import { SidePanel } from '@/components/side-panel';
import { StatusBadge } from '@/components/status-badge';
import { Button } from '@/components/ui/button';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';
import { ApiError, api } from '@/lib/api-client';
import { formatCount } from '@/lib/format';
import { useLive } from '@/lib/use-live';
import { RecordFrame } from '@/modules/records/components/record-frame';
import { RecordTimeline } from '@/modules/records/components/record-timeline';
import type { Assignee } from '@/modules/records/queries';
import { type BoardCard, slaOf, type Verification } from '../domain';
import type { CardSlots } from './board-view';
import { CardActions } from './card-actions';
import { MovesSection } from './moves-section';
import { ScoreSection } from './score-section';
import type { BoardMove } from './use-board';

/** A card that the board has not loaded, as a move needs it. */
const asCard = (card: Verification): BoardCard => ({
  id: card.id,
  stage_id: card.stage_id,
  rank: '0',
  version: card.version,
  score: card.score,
  assigned_to: card.assigned_to,
  stage_entered_at: card.stage_entered_at,
  lost_reason: card.lost_reason,
  property: card.property,
  owner: card.owner,
  next_step_at: null,
  open_tasks: 0,
});

/** A card with all that hangs on it, at the right of the board; the whole screen on a phone. */
export function CardPanel({
  id,
  loaded,
  members,
  slots,
  onClose,
  onMove,
  onChanged,
  onRemove,
}: {
  id: string;
  /** The card as the board has it, where it does. */
  loaded: BoardCard | undefined;
  members: readonly Assignee[];
  slots: CardSlots;
  onClose: () => void;
  /** Resolves with whether the move was stored; it has said why where it wasn't. */
  onMove: (move: BoardMove) => Promise<boolean>;
  onChanged: (card: BoardCard) => void;
  onRemove: (card: Pick<BoardCard, 'id' | 'property'>) => void;
}) {
  const client = useQueryClient();
  const queryKey = ['verification', id];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => api<Verification>('GET', `/api/verification/${id}`, undefined, { signal }),
    // a card that isn't there won't be there at the second asking
    retry: (count, error) => count < 1 && !(error instanceof ApiError && error.status === 404),
  });
  useLive('board', (ids) => {
    if (ids === null || ids.includes(id)) void client.invalidateQueries({ queryKey });
  });
  const card = query.data;
  const name = card?.property.name ?? loaded?.property.name ?? 'Card';

  async function save(change: Record<string, unknown>) {
    const { card: saved } = await api<{ card: BoardCard }>('PATCH', `/api/verification/${id}`, change);
    onChanged(saved);
    await client.invalidateQueries({ queryKey });
  }

  return (
    <SidePanel
      label={name}
      title={name}
      onClose={onClose}
      actions={
        card && !card.deleted_at ? (
          <Menu
            label="More"
            align="end"
            items={() => [
              { label: 'Open the property', icon: Building, href: `/properties/${card.property.id}` },
              ...(card.owner
                ? [{ label: 'Open the owner', icon: KeyRound, href: `/owners/${card.owner.id}` }]
                : []),
              'separator' as const,
              {
                label: 'Take off the board',
                icon: SquareMinus,
                destructive: true,
                onSelect: () => onRemove({ id, property: card.property }),
              },
            ]}
            trigger={(props) => (
              <Button variant="ghost" size="icon-sm" aria-label="More actions" {...props}>
                <Ellipsis aria-hidden className="text-muted-foreground" />
              </Button>
            )}
          />
        ) : null
      }
    >
      <RecordFrame query={query} one="card">
        {(found) => (
          <div className="px-5 py-4 max-md:px-4 max-md:pb-20">
            <CardHead
              card={found}
              members={members}
              onSave={save}
              onMove={async (stageId) => {
                const isStored = await onMove({ card: loaded ?? asCard(found), stageId, index: 0 });
                await client.invalidateQueries({ queryKey });
                if (!isStored) throw new Error('It stays where it is');
              }}
            />
            <CardBody card={found} slots={slots} onSave={save} />
          </div>
        )}
      </RecordFrame>
    </SidePanel>
  );
}

const glyphs = { open: 'half', won: 'check', lost: 'ban' } as const;

function CardHead({
  card,
  members,
  onSave,
  onMove,
}: {
  card: Verification;
  members: readonly Assignee[];
  onSave: (change: Record<string, unknown>) => Promise<void>;
  onMove: (stageId: string) => Promise<void>;
}) {
  const { property, owner } = card;
  const stage = card.stages.find(({ id }) => id === card.stage_id);
  const [now] = useState(() => Date.now());
  const sla = stage ? slaOf(card, stage, now) : null;
  const place = [property.address, property.city, property.state].filter(Boolean).join(', ');
  return (
    <>
      {card.deleted_at || property.deleted_at ? (
        <p role="status" className="mb-3 rounded-md bg-muted px-3 py-2 text-sm">
          {property.deleted_at
            ? 'Its property was deleted: the card comes back with it.'
            : 'This card was taken off the board.'}
        </p>
      ) : null}
      <p className="text-muted-foreground text-sm">
        {[place, property.units === null ? null : formatCount(property.units, 'unit'), property.market]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-1 text-sm">
        <InlineSelect
          label="Stage"
          value={card.stage_id}
          options={card.stages.map(({ id, name }) => ({ value: id, label: name }))}
          display={(value) => {
            const shown = card.stages.find(({ id }) => id === value);
            return (
              <StatusBadge
                label={shown?.name ?? ''}
                glyph={glyphs[shown?.result ?? 'open']}
                tone={shown?.result === 'won' ? 'positive' : 'neutral'}
              />
            );
          }}
          onSave={onMove}
        />
        <InlineSelect
          label="Assigned to"
          value={card.assigned_to ?? ''}
          options={[
            { value: '', label: 'Nobody' },
            ...members.map((each) => ({ value: each.id, label: each.name })),
          ]}
          display={(member) => (
            <span>
              <span className="text-muted-foreground">Assigned to </span>
              {member ? (members.find((each) => each.id === member)?.name ?? 'a colleague') : 'nobody'}
            </span>
          )}
          onSave={(assigned_to) => onSave({ assigned_to: assigned_to || null })}
        />
        {sla && sla.state !== 'ok' ? (
          <span
            className={
              sla.state === 'breached'
                ? 'inline-flex items-center gap-1 text-destructive-text'
                : 'inline-flex items-center gap-1 text-warning-text'
            }
          >
            {sla.state === 'breached' ? (
              <TriangleAlert aria-hidden className="size-3.5" />
            ) : (
              <Clock aria-hidden className="size-3.5" />
            )}
            {sla.state === 'breached'
              ? sla.overdueDays > 0
                ? `${sla.overdueDays} d over its time`
                : 'Over its time'
              : 'Due soon'}
          </span>
        ) : null}
      </div>
      <p className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1 text-sm">
        <Link
          href={`/properties/${property.id}`}
          className="inline-flex items-center gap-1.5 hover:underline"
        >
          <Building aria-hidden className="size-3.5 text-muted-foreground" />
          {property.name}
        </Link>
        {owner ? (
          <Link href={`/owners/${owner.id}`} className="inline-flex items-center gap-1.5 hover:underline">
            <KeyRound aria-hidden className="size-3.5 text-muted-foreground" />
            {owner.name}
          </Link>
        ) : (
          <span className="text-muted-foreground">No owner yet</span>
        )}
      </p>
      {card.lost_reason ? (
        <p className="mt-2 rounded-md bg-muted px-3 py-2 text-sm wrap-anywhere">
          <span className="text-muted-foreground">Lost: </span>
          {card.lost_reason}
        </p>
      ) : null}
    </>
  );
}

/** Notes and activity, tasks and files with the score, and the way the card came; what can be done with it above. */
function CardBody({
  card,
  slots,
  onSave,
}: {
  card: Verification;
  slots: CardSlots;
  onSave: (change: Record<string, unknown>) => Promise<void>;
}) {
  const [now] = useState(() => Date.now());
  const [part, setPart] = useState('work');
  const story = useRef<HTMLDivElement>(null);
  const isLive = card.deleted_at === null && card.property.deleted_at === null;
  const startNote = () => {
    // at once: the keys pressed next belong to the note, not to the page
    flushSync(() => setPart('story'));
    story.current?.querySelector('textarea')?.focus();
  };
  useShortcut('n', 'Write a note', startNote, { group: 'Card', enabled: isLive });
  return (
    <>
      {isLive ? <CardActions card={card} onNote={startNote} more={slots.actions?.(card)} /> : null}
      <Tabs value={part} onValueChange={setPart} className="mt-4">
        <TabsList aria-label="Parts of the card">
          <TabsTrigger value="work">Work</TabsTrigger>
          <TabsTrigger value="story">Activity</TabsTrigger>
          <TabsTrigger value="moves">History</TabsTrigger>
        </TabsList>
        <TabsContent value="work">
          {slots.sections?.(card)}
          <ScoreSection card={card} onSave={(score_inputs) => onSave({ score_inputs })} />
        </TabsContent>
        <TabsContent value="story">
          <div ref={story}>
            <RecordTimeline
              subject="verification"
              id={card.id}
              isLive={isLive}
              logging={null}
              onLogging={() => undefined}
            />
          </div>
        </TabsContent>
        <TabsContent value="moves">
          <MovesSection moves={card.moves} now={now} />
        </TabsContent>
      </Tabs>
    </>
  );
}
