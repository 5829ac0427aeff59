'use client';

import { useQueryClient } from '@tanstack/react-query';
import {
  CircleGauge,
  Clock,
  Import,
  KeyRound,
  MapPinHouse,
  Navigation,
  Plus,
  SquareKanban,
  UserRound,
  WifiOff,
} from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { EmptyState } from '@/components/empty-state';
import { ErrorState } from '@/components/error-state';
import { FilterBar, type FilterField } from '@/components/filter-bar';
import { Menu } from '@/components/menu';
import { notify } from '@/components/notify';
import { PageHeader } from '@/components/page-header';
import { useShortcut } from '@/components/shortcuts';
import { TimeZoneContext } from '@/components/time-zone';
import { Button } from '@/components/ui/button';
import { ApiError, api } from '@/lib/api-client';
import { formatNumber } from '@/lib/format';
import { SearchField } from '@/modules/records/components/search-field';
import { fetchOptions } from '@/modules/records/components/use-records';
import type { Assignee } from '@/modules/records/queries';
import { type Board, type BoardCard, boardSearch, findCard, scoreRanges, type Verification } from '../domain';
import { BoardColumns } from './board-columns';
import type { CardKit } from './card-face';
import { type BoardMove, type BoardStart, useBoard } from './use-board';
import { useBoardAddress } from './use-board-address';

const CardPanel = dynamic(() => import('./card-panel').then((module) => module.CardPanel), { ssr: false });
const LostDialog = dynamic(() => import('./lost-dialog').then((module) => module.LostDialog), { ssr: false });
const AddCardsDialog = dynamic(() => import('./add-cards-dialog').then((module) => module.AddCardsDialog), {
  ssr: false,
});

const minuteMs = 60_000;

/** What other rooms put into a card's panel; the app fills them in. */
export type CardSlots = {
  /** Sections above the score: tasks, files, the conversation. */
  sections?: (card: Verification) => ReactNode;
  /** What else can be done with the card, beside logging, answering and noting. */
  actions?: (card: Verification) => ReactNode;
};

/** A move into a lost stage, shown already, that waits for its reason. */
type Asking = { move: BoardMove; stage: string; putBack: () => void; done: (isStored: boolean) => void };

/** The verification board. */
export function BoardView({
  start,
  members,
  threshold,
  slots = {},
}: {
  start: BoardStart;
  members: readonly Assignee[];
  /** The score from which cards move on by rule. */
  threshold: number;
  slots?: CardSlots;
}) {
  const address = useBoardAddress();
  const { state, card: openId, setCard } = address;
  const search = boardSearch(state);
  const { query, live, loadMore, preview, store, placeOf, show, remove, refetch } = useBoard(search, start);
  const timeZone = use(TimeZoneContext);
  const [now, setNow] = useState(start.at);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [adding, setAdding] = useState(false);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), minuteMs);
    return () => clearInterval(timer);
  }, []);
  useShortcut('c', 'Add properties to the board', () => setAdding(true), { group: 'Board' });

  const kit = useMemo<CardKit>(() => {
    const names = new Map(members.map(({ id, name }) => [id, name]));
    return { memberName: (id) => (id === null ? '' : (names.get(id) ?? '')), now, threshold, timeZone };
  }, [members, now, threshold, timeZone]);

  const board = query.data;
  const total = board?.stages.reduce((sum, { count }) => sum + count, 0) ?? 0;
  const isNarrowed = state.q !== '' || Object.keys(state.filters).length > 0;

  /** Moves a card; into a lost stage it asks why first. @returns whether it was stored */
  const move = useCallback(
    (wanted: BoardMove): Promise<boolean> => {
      const stage = query.data?.stages.find(({ id }) => id === wanted.stageId);
      const place = placeOf(wanted);
      const putBack = preview(wanted);
      if (stage?.result !== 'lost' || wanted.card.stage_id === wanted.stageId) {
        return store(wanted, place, putBack);
      }
      return new Promise((done) => setAsking({ move: wanted, stage: stage.name, putBack, done }));
    },
    [placeOf, preview, query.data, store],
  );
  const onMove = useCallback((wanted: BoardMove) => void move(wanted), [move]);
  const onOpen = useCallback((card: BoardCard) => setCard(card.id), [setCard]);

  async function confirmLost(reason: string) {
    if (!asking) return;
    const { move: wanted, stage, putBack, done } = asking;
    setAsking(null);
    const origin = wanted.card;
    const isStored = await store({ ...wanted, reason }, { above: null, below: null }, putBack);
    done(isStored);
    if (!isStored) return;
    notify.success(`“${origin.property.name}” moved to ${stage}`, {
      action: {
        label: 'Undo',
        onClick: () => {
          const moved = findCard(query.data, origin.id);
          void move({
            card: { ...(moved ?? origin), version: origin.version + 1 },
            stageId: origin.stage_id,
            index: 0,
          });
        },
      },
    });
  }

  return (
    <div className="flex h-full min-h-0 flex-1 flex-col">
      <PageHeader
        title={
          board && board.pipelines.length > 1 ? (
            <PipelineMenu board={board} onChoose={address.setPipeline} />
          ) : (
            'Verification'
          )
        }
        count={board ? formatNumber(total) : undefined}
        secondary={
          live === 'polling' && query.dataUpdatedAt - start.at > minuteMs ? (
            <span className="inline-flex items-center gap-1.5 text-muted-foreground text-xs">
              <WifiOff aria-hidden className="size-3.5" /> Not live: renewed every few seconds
            </span>
          ) : null
        }
        action={
          <Button onClick={() => setAdding(true)}>
            <Plus aria-hidden /> Add properties
          </Button>
        }
        filters={<BoardFilterBar address={address} members={members} board={board} />}
      />
      {!board ? (
        query.error ? (
          <ErrorState
            title="The board could not be loaded"
            description={query.error.message}
            requestId={query.error instanceof ApiError ? query.error.requestId : null}
            onRetry={() => void query.refetch()}
          />
        ) : null
      ) : total === 0 ? (
        isNarrowed ? (
          <EmptyState
            icon={SquareKanban}
            title="No cards match"
            description="No card fits this search and these filters."
            action={
              <Button
                variant="outline"
                onClick={() => {
                  address.setQuery('');
                  address.setFilters({});
                }}
              >
                Clear search and filters
              </Button>
            }
          />
        ) : (
          <EmptyState
            icon={SquareKanban}
            title="No property is on this board yet"
            description={`Each card is a property on its way from ${board.stages[0]?.name ?? 'the first stage'} to ${
              board.stages.find(({ result }) => result === 'won')?.name ?? 'a signature'
            }. Add the properties that you want to win.`}
            action={
              <Button onClick={() => setAdding(true)}>
                <Plus aria-hidden /> Add properties
              </Button>
            }
            secondary={
              <>
                <Button variant="outline" asChild>
                  <Link href="/properties">
                    <MapPinHouse aria-hidden /> Choose in the list
                  </Link>
                </Button>
                <Button variant="outline" asChild>
                  <Link href="/imports">
                    <Import aria-hidden /> Import a list
                  </Link>
                </Button>
              </>
            }
          />
        )
      ) : (
        <BoardColumns
          board={board}
          kit={kit}
          openId={openId}
          onOpen={onOpen}
          onMore={loadMore}
          onMove={onMove}
        />
      )}
      {openId ? (
        <CardPanel
          key={openId}
          id={openId}
          members={members}
          slots={slots}
          loaded={findCard(board, openId)}
          onClose={() => setCard(null)}
          onMove={move}
          onChanged={show}
          onRemove={(card) => {
            setCard(null);
            void remove(card).then(() => void refetch());
          }}
        />
      ) : null}
      {asking ? (
        <LostDialog
          name={asking.move.card.property.name}
          stage={asking.stage}
          onConfirm={(reason) => void confirmLost(reason)}
          onCancel={() => {
            asking.putBack();
            asking.done(false);
            setAsking(null);
          }}
        />
      ) : null}
      {adding && board ? <AddCardsDialog pipeline={board.pipeline} onClose={() => setAdding(false)} /> : null}
    </div>
  );
}

/** The board's name, with the others behind it. */
function PipelineMenu({ board, onChoose }: { board: Board; onChoose: (id: string) => void }) {
  return (
    <Menu
      label="Pipeline"
      items={() =>
        board.pipelines.map(({ id, name }) => ({
          label: name,
          checked: id === board.pipeline.id,
          onSelect: () => onChoose(id),
        }))
      }
      trigger={(props) => (
        <button
          type="button"
          className="-ml-1.5 inline-flex items-center gap-1.5 rounded-md px-1.5 hover:bg-accent aria-expanded:bg-accent"
          {...props}
        >
          {board.pipeline.name}
          <span aria-hidden className="text-muted-foreground text-sm">
            ▾
          </span>
          <span className="sr-only">, choose another pipeline</span>
        </button>
      )}
    />
  );
}

function BoardFilterBar({
  address,
  members,
  board,
}: {
  address: ReturnType<typeof useBoardAddress>;
  members: readonly Assignee[];
  board: Board | undefined;
}) {
  const client = useQueryClient();
  const { state } = address;
  const [owners, setOwners] = useState<Record<string, string>>({});
  const chosenOwners = state.filters.owner_id;
  const shownOwners = useMemo(() => {
    const names: Record<string, string> = {};
    if (!chosenOwners) return names;
    for (const stage of board?.stages ?? [])
      for (const { owner } of stage.cards)
        if (owner && chosenOwners.includes(owner.id)) names[owner.id] = owner.name;
    return names;
  }, [board, chosenOwners]);
  const fields = useMemo<FilterField[]>(
    () => [
      {
        key: 'assigned_to',
        label: 'Assigned to',
        icon: UserRound,
        kind: 'choice',
        options: [
          ...members.map(({ id, name }) => ({ value: id, label: name })),
          { value: 'none', label: 'Nobody' },
        ],
      },
      {
        key: 'owner_id',
        label: 'Owner',
        icon: KeyRound,
        kind: 'choice',
        labels: { ...owners, ...shownOwners },
        loadOptions: async (query, signal) => {
          const params = new URLSearchParams({ limit: '12', ...(query && { q: query }) });
          const { rows } = await api<{ rows: { id: string; name: string }[] }>(
            'GET',
            `/api/owners?${params}`,
            undefined,
            {
              signal,
            },
          );
          setOwners((known) => ({ ...known, ...Object.fromEntries(rows.map(({ id, name }) => [id, name])) }));
          return rows.map(({ id, name }) => ({ value: id, label: name }));
        },
      },
      {
        key: 'market',
        label: 'Market',
        icon: Navigation,
        kind: 'choice',
        loadOptions: async (query) => {
          const { values } = await fetchOptions(client, 'properties');
          const typed = query.toLowerCase();
          return (values.market ?? [])
            .filter((value) => value.toLowerCase().includes(typed))
            .slice(0, 50)
            .map((value) => ({ value, label: value }));
        },
      },
      {
        key: 'score',
        label: 'Score',
        icon: CircleGauge,
        kind: 'choice',
        options: Object.entries(scoreRanges).map(([value, label]) => ({ value, label })),
      },
      {
        key: 'overdue',
        label: 'Overdue',
        icon: Clock,
        kind: 'choice',
        options: [{ value: 'yes', label: 'Next step or time limit has passed' }],
      },
    ],
    [client, members, owners, shownOwners],
  );
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <SearchField label="Search cards" value={state.q} onChange={address.setQuery} />
      <FilterBar fields={fields} value={state.filters} onChange={address.setFilters} />
    </div>
  );
}
