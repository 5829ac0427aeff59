'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, api } from '@/lib/api-client';
import { messageOf } from '@/modules/records/components/use-bulk';
import type { CampaignDetail } from '../answers';
import type { UpdateCampaign } from '../schema';
import type { DraftGraph } from './draft-types';
import { campaignKey } from './use-campaign';

/** How long typing must rest before it is saved. */
const REST_MS = 700;

/** Whether what stands on the screen stands on the server. */
export type SaveState =
  | { kind: 'saved' }
  | { kind: 'saving' }
  | { kind: 'failed'; message: string }
  /** Somebody else saved in the meantime. */
  | { kind: 'conflict' };

/** What of the draft isn't saved yet. */
type Pending = { graph?: true | undefined; settings?: UpdateCampaign };

/** The steps and ways of a campaign for the editor. */
export function graphOf({ entry_step_id, steps, edges }: CampaignDetail): DraftGraph {
  return {
    entry_step_id,
    steps,
    edges: edges.map((edge, index) => ({ ...edge, id: `${edge.from}>${edge.to}#${index}` })),
  };
}

/**
 * A draft under the editor's hands: what is typed is shown at once and saved when it rests. The server is told which
 * version one saw; where somebody saved in between, nothing is overwritten until a person has chosen.
 * @param campaign as the server has it; a newer version is taken over while nothing waits to be saved
 */
export function useDraft(campaign: CampaignDetail) {
  const { id } = campaign;
  const client = useQueryClient();
  const [graph, showGraph] = useState(() => graphOf(campaign));
  const [format, showFormat] = useState(campaign.format);
  const [settings, showSettings] = useState<UpdateCampaign>({});
  const [state, setState] = useState<SaveState>({ kind: 'saved' });
  const [saves, setSaves] = useState(0);
  const version = useRef(campaign.version);
  const pending = useRef<Pending>({});
  const latest = useRef({ graph, format });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<Promise<boolean> | null>(null);

  const adopt = useCallback((next: CampaignDetail) => {
    version.current = next.version;
    latest.current = { graph: graphOf(next), format: next.format };
    showGraph(latest.current.graph);
    showFormat(next.format);
    showSettings({});
  }, []);

  // What others saved comes in while nothing of one's own is on its way.
  useEffect(() => {
    const isIdle = running.current === null && Object.keys(pending.current).length === 0;
    if (isIdle && campaign.version > version.current) adopt(campaign);
  }, [campaign, adopt]);

  const saveAll = useCallback(async (): Promise<boolean> => {
    setState({ kind: 'saving' });
    while (pending.current.graph || pending.current.settings) {
      const now = pending.current;
      pending.current = {};
      try {
        if (now.graph) {
          const { graph: sent, format: sentFormat } = latest.current;
          const answer = await api<{ version: number }>('PUT', `/api/campaigns/${id}/steps`, {
            version: version.current,
            format: sentFormat,
            entry_step_id: sent.entry_step_id,
            steps: sent.steps.map(({ id: step, name, subjects, sections }) => ({
              id: step,
              name,
              subjects,
              sections,
            })),
            edges: sent.edges.map(({ from, to, days, hours, minutes, condition }) => ({
              from,
              to,
              days,
              hours,
              minutes,
              condition,
            })),
          });
          version.current = answer.version;
          now.graph = undefined;
        }
        if (now.settings) {
          const answer = await api<{ version?: number } | undefined>(
            'PATCH',
            `/api/campaigns/${id}`,
            now.settings,
          );
          if (answer?.version) version.current = answer.version;
        }
      } catch (error) {
        pending.current = {
          ...now,
          ...pending.current,
          ...((now.settings || pending.current.settings) && {
            settings: { ...now.settings, ...pending.current.settings },
          }),
        };
        const isConflict = now.graph && error instanceof ApiError && error.code === 'conflict';
        setState(isConflict ? { kind: 'conflict' } : { kind: 'failed', message: messageOf(error) });
        return false;
      }
    }
    setState({ kind: 'saved' });
    setSaves((before) => before + 1);
    await client.invalidateQueries({ queryKey: campaignKey(id) });
    return true;
  }, [client, id]);

  /** Saves what waits, at once. @returns whether everything is saved */
  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    if (running.current) await running.current;
    if (!pending.current.graph && !pending.current.settings) return true;
    running.current = saveAll().finally(() => {
      running.current = null;
    });
    return running.current;
  }, [saveAll]);

  const later = useCallback(() => {
    setState((before) => (before.kind === 'conflict' ? before : { kind: 'saving' }));
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), REST_MS);
  }, [flush]);

  // Leaving for another page saves what is left; closing the window asks first.
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (pending.current.graph || pending.current.settings || running.current) event.preventDefault();
    };
    window.addEventListener('beforeunload', onLeave);
    return () => {
      window.removeEventListener('beforeunload', onLeave);
      void flush();
    };
  }, [flush]);

  return {
    graph,
    format,
    /** The campaign's settings with what was changed here and isn't saved yet. */
    campaign: { ...campaign, ...settings } as CampaignDetail,
    state,
    /** How often the draft was saved here: what the server was asked before a save is not what it would say now. */
    saves,
    flush,
    setGraph: (next: DraftGraph) => {
      latest.current = { ...latest.current, graph: next };
      pending.current.graph = true;
      showGraph(next);
      later();
    },
    setFormat: (next: CampaignDetail['format']) => {
      latest.current = { ...latest.current, format: next };
      pending.current.graph = true;
      showFormat(next);
      later();
    },
    setSettings: (change: UpdateCampaign) => {
      pending.current.settings = { ...pending.current.settings, ...change };
      showSettings((before) => ({ ...before, ...change }));
      later();
    },
    /** After a conflict: what the others saved, instead of one's own. */
    takeTheirs: async () => {
      const theirs = await api<CampaignDetail>('GET', `/api/campaigns/${id}`);
      pending.current = {};
      client.setQueryData(campaignKey(id, 'detail'), theirs);
      adopt(theirs);
      setState({ kind: 'saved' });
    },
    /** After a conflict: one's own, over what the others saved. */
    keepMine: async () => {
      version.current = (await api<CampaignDetail>('GET', `/api/campaigns/${id}`)).version;
      await flush();
    },
  };
}

/** What {@link useDraft} hands to the parts of the editor. */
export type Draft = ReturnType<typeof useDraft>;
