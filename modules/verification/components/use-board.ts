'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { notify } from '@/components/notify';
import { ApiError, api } from '@/lib/api-client';
import { useLive } from '@/lib/use-live';
import { messageOf } from '@/modules/records/components/use-bulk';
import {
  type Board,
  type BoardCard,
  type BoardChanges,
  changesLimit,
  columnPageSize,
  findCard,
  mergeChanges,
  neighboursOf,
  placeCard,
  putCard,
  withoutCard,
} from '../domain';

/** What the server hands to the board, so that it stands at once. */
export type BoardStart = {
  /** `boardSearch()` of the state that `board` answers. */
  search: string;
  board: Board;
  /** When it was read, milliseconds since 1970. */
  at: number;
};

/** Changes heard within this time are asked after together. */
const gatherMs = 60;
const mostLoaded = 200;

/** A move as the board makes it: `index` counts the stage's cards without the card itself. */
export type BoardMove = { card: BoardCard; stageId: string; index: number; reason?: string };

/**
 * A board as it is now: read once, then kept by what its topic tells. Moves show at once and are put back with the reason
 * when they are refused.
 */
export function useBoard(search: string, start: BoardStart) {
  const client = useQueryClient();
  const queryKey = useMemo(() => ['board', search], [search]);
  /** Moves under way, by card: the next one of a card waits for its answer, and hears no news of it meanwhile. */
  const [moving] = useState(() => new Map<string, Promise<boolean>>());

  const read = useCallback(() => client.getQueryData<Board>(queryKey), [client, queryKey]);
  const write = useCallback(
    (change: (board: Board) => Board) =>
      client.setQueryData<Board>(queryKey, (board) => board && change(board)),
    [client, queryKey],
  );

  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      // what somebody has scrolled to stays loaded
      const loaded = Math.max(columnPageSize, ...(read()?.stages.map(({ cards }) => cards.length) ?? []));
      const params = new URLSearchParams(search);
      params.set('limit', String(Math.min(loaded, mostLoaded)));
      return api<Board>('GET', `/api/pipeline/board?${params}`, undefined, { signal });
    },
    placeholderData: keepPreviousData,
    ...(search === start.search && { initialData: start.board, initialDataUpdatedAt: start.at }),
  });
  const refetch = useCallback(() => client.invalidateQueries({ queryKey: ['board'] }), [client]);

  const heard = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const catchUp = useCallback(async () => {
    const ids = [...heard.current];
    heard.current.clear();
    const board = read();
    if (!board || ids.length === 0) return;
    if (ids.length > changesLimit || ids.includes(board.pipeline.id)) return void refetch();
    const params = new URLSearchParams(search);
    params.set('pipeline', board.pipeline.id);
    for (const id of ids) params.append('id', id);
    try {
      const changes = await api<BoardChanges>('GET', `/api/pipeline/board/changes?${params}`);
      write((current) => {
        // an answer that was overtaken, by a move here or by later news, says nothing of those cards any more
        const known = (id: string) => findCard(current, id)?.version ?? 0;
        const overtaken = new Set(
          changes.cards.filter(({ id, version }) => version < known(id)).map(({ id }) => id),
        );
        const valid = ids.filter((id) => !moving.has(id) && !overtaken.has(id));
        return mergeChanges(current, valid, changes);
      });
    } catch {
      void refetch();
    }
  }, [moving, read, refetch, search, write]);

  const live = useLive('board', (ids) => {
    if (ids === null) return void refetch();
    for (const id of ids) heard.current.add(id);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void catchUp(), gatherMs);
  });

  const loading = useRef(new Set<string>());
  /** Reads a column on below its last card. */
  const loadMore = useCallback(
    async (stageId: string) => {
      const stage = read()?.stages.find(({ id }) => id === stageId);
      const last = stage?.cards.at(-1);
      if (!stage || !last || stage.cards.length >= stage.count || loading.current.has(stageId)) return;
      loading.current.add(stageId);
      const params = new URLSearchParams(search);
      params.set('stage', stageId);
      params.set('after', last.rank);
      params.set('limit', '50');
      try {
        const { cards } = await api<{ cards: BoardCard[] }>('GET', `/api/pipeline/board/cards?${params}`);
        write((board) => ({
          ...board,
          stages: board.stages.map((each) => {
            if (each.id !== stageId) return each;
            const present = new Set(board.stages.flatMap((column) => column.cards.map(({ id }) => id)));
            const coming = cards.filter(({ id }) => !present.has(id));
            const all = [...each.cards, ...coming];
            // the end was reached: what was counted before somebody moved a card is put right
            return { ...each, cards: all, count: cards.length < 50 ? all.length : each.count };
          }),
        }));
      } catch (error) {
        notify.error('The rest of the column could not be loaded', { description: messageOf(error) });
      } finally {
        loading.current.delete(stageId);
      }
    },
    [read, search, write],
  );

  /** Shows a move without storing it. @returns what puts the card back exactly where it stood */
  const preview = useCallback(
    ({ card, stageId, index }: BoardMove) => {
      const origin = findCard(read(), card.id);
      write((board) => placeCard(board, card.id, stageId, index));
      return () => {
        if (origin) write((board) => putCard(board, origin));
      };
    },
    [read, write],
  );

  /**
   * Stores a move that shows already. @param place its neighbours when it was made
   * @returns whether it was stored
   */
  const store = useCallback(
    (move: BoardMove, place: { above: string | null; below: string | null }, putBack: () => void) => {
      const { card, stageId, reason } = move;
      const name = card.property.name;
      const run = async (before: Promise<boolean> | undefined) => {
        if (before && !(await before)) {
          putBack();
          return false;
        }
        try {
          const { card: saved } = await api<{ card: BoardCard }>('PATCH', '/api/pipeline/board', {
            card_id: card.id,
            to_stage_id: stageId,
            ...place,
            version: findCard(read(), card.id)?.version ?? card.version,
            ...(reason && { reason }),
          });
          const isShown = findCard(read(), card.id) !== undefined;
          write((board) => putCard(board, saved));
          // a card that this board had not loaded: its columns are counted anew
          if (!isShown) void refetch();
          return true;
        } catch (error) {
          const current = error instanceof ApiError ? (error.current as BoardCard | null | undefined) : null;
          if (error instanceof ApiError && error.status === 409 && current) {
            write((board) => putCard(board, current));
            const stage = read()?.stages.find(({ id }) => id === current.stage_id);
            notify.error(`Somebody else moved “${name}” first`, {
              description: stage ? `It stands in ${stage.name} now.` : undefined,
            });
          } else {
            putBack();
            notify.error(`“${name}” was not moved`, { description: messageOf(error) });
          }
          void refetch();
          return false;
        }
      };
      const done = run(moving.get(card.id)).finally(() => {
        if (moving.get(card.id) === done) moving.delete(card.id);
        void client.invalidateQueries({ queryKey: ['verification', card.id] });
      });
      moving.set(card.id, done);
      return done;
    },
    [client, moving, read, refetch, write],
  );

  /** The neighbours of a place, as they stand on the screen. */
  const placeOf = useCallback(
    ({ card, stageId, index }: BoardMove) =>
      neighboursOf(read()?.stages.find(({ id }) => id === stageId)?.cards ?? [], card.id, index),
    [read],
  );

  /** Shows a card as a write elsewhere, such as the panel's, answered it. */
  const show = useCallback((card: BoardCard) => write((board) => putCard(board, card)), [write]);

  /** Takes a card off the board; its message brings it back. */
  const remove = useCallback(
    async (card: Pick<BoardCard, 'id' | 'property'>) => {
      const origin = findCard(read(), card.id);
      write((board) => withoutCard(board, card.id));
      const restore = async () => {
        try {
          await api('POST', `/api/verification/${card.id}/restore`);
          notify.success(`“${card.property.name}” is back on the board`);
        } catch (error) {
          notify.error('Not undone', { description: messageOf(error) });
        }
        await refetch();
      };
      try {
        await api('DELETE', `/api/verification/${card.id}`);
        notify.success(`“${card.property.name}” was taken off the board`, {
          action: { label: 'Undo', onClick: () => void restore() },
        });
      } catch (error) {
        if (origin) write((board) => putCard(board, origin, true));
        notify.error('The card was not taken off', { description: messageOf(error) });
      }
    },
    [read, refetch, write],
  );

  return { query, live, loadMore, preview, store, placeOf, show, remove, refetch };
}
