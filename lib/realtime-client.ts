/**
 * One socket for all that a tab listens to: private topics of its workspace, filled by triggers in the database
 * (migration `realtime`). The library is fetched when something first listens; it is in no page's first load.
 */
import type { RealtimeChannel, RealtimeClient } from '@supabase/realtime-js';
import { api } from './api-client';

/** What `GET /api/realtime/token` answers. `expiresAt` is in milliseconds since 1970. */
export type RealtimeAccess = {
  workspaceId: string;
  url: string;
  key: string;
  token: string;
  expiresAt: number;
};

/** The last part of a topic: whose changes it tells of. */
export type LiveTopic =
  | 'imports'
  | 'timeline'
  | 'members'
  | 'board'
  | 'tasks'
  | 'files'
  | 'notifications'
  | 'messages'
  | 'calls'
  | 'texts'
  | 'campaigns'
  | 'emails';

/** What a listener is told. `ids` are those of the records a change is about; null: anything may have changed. */
export type LiveListener = { onEvent: (ids: string[] | null) => void; onState: (isLive: boolean) => void };

type Topic = { channel: RealtimeChannel | null; listeners: Set<LiveListener>; isLive: boolean };
type Connection = { client: RealtimeClient; workspaceId: string };

/** Longer than a heartbeat (25 s): Realtime closes the channels of a token that runs out between two of them. */
const renewBeforeMs = 60_000;
const retryAfterMs = 10_000;

const topics = new Map<LiveTopic, Topic>();
let connecting: Promise<Connection> | null = null;
let access: RealtimeAccess | null = null;

async function currentAccess(): Promise<RealtimeAccess> {
  if (!access || access.expiresAt - Date.now() < renewBeforeMs) {
    access = await api<RealtimeAccess>('GET', '/api/realtime/token');
  }
  return access;
}

async function connect(): Promise<Connection> {
  const [{ RealtimeClient }, first] = await Promise.all([import('@supabase/realtime-js'), currentAccess()]);
  const client = new RealtimeClient(first.url, {
    params: { apikey: first.key },
    // asked on connecting and at every heartbeat; without an answer the socket goes on with the token it has
    accessToken: async () => (await currentAccess().catch(() => access))?.token ?? null,
  });
  // else the first join would go out before the token is there, and be refused
  await client.setAuth();
  return { client, workspaceId: first.workspaceId };
}

function setLive(topic: Topic, isLive: boolean): void {
  if (topic.isLive === isLive) return;
  topic.isLive = isLive;
  for (const listener of topic.listeners) {
    listener.onState(isLive);
    // whatever happened while nobody listened
    if (isLive) listener.onEvent(null);
  }
}

/** A topic that is still wanted is joined again a while after its channel closed for good. */
function rejoinLater(what: LiveTopic, topic: Topic): void {
  setTimeout(() => {
    if (topics.get(what) === topic && topic.channel === null) void join(what, topic);
  }, retryAfterMs);
}

async function join(what: LiveTopic, topic: Topic): Promise<void> {
  let connection: Connection;
  try {
    connecting ??= connect();
    connection = await connecting;
  } catch {
    // no session, no network, no such server: polling goes on meanwhile
    connecting = null;
    rejoinLater(what, topic);
    return;
  }
  if (topics.get(what) !== topic || topic.channel) return;
  const { client, workspaceId } = connection;
  const channel = client.channel(`workspace:${workspaceId}:${what}`, { config: { private: true } });
  topic.channel = channel;
  channel.on('broadcast', { event: 'changed' }, ({ payload }: { payload?: { ids?: unknown } }) => {
    const ids = payload?.ids;
    const known = Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : null;
    for (const listener of topic.listeners) listener.onEvent(known);
  });
  channel.subscribe((status) => {
    if (topic.channel !== channel) return;
    setLive(topic, status === 'SUBSCRIBED');
    // errors and lost sockets are tried again by the library itself, a closed channel is not
    if (status !== 'CLOSED') return;
    topic.channel = null;
    void client.removeChannel(channel);
    rejoinLater(what, topic);
  });
}

/**
 * Listens to a topic of the tab's workspace until the returned function is called. `onState` says whether events
 * arrive; as long as they don't, the caller asks by itself.
 */
export function listen(what: LiveTopic, listener: LiveListener): () => void {
  let topic = topics.get(what);
  if (!topic) {
    topic = { channel: null, listeners: new Set(), isLive: false };
    topics.set(what, topic);
    void join(what, topic);
  }
  const mine = topic;
  mine.listeners.add(listener);
  if (mine.isLive) listener.onState(true);
  return () => {
    mine.listeners.delete(listener);
    if (mine.listeners.size > 0) return;
    topics.delete(what);
    const { channel } = mine;
    mine.channel = null;
    if (channel) void connecting?.then(({ client }) => client.removeChannel(channel));
  };
}
