'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { notify } from '@/components/notify';
import { api } from '@/lib/api-client';
import { formatBytes } from '@/lib/format';
import { putFile } from '@/lib/put-file';
import { useLive } from '@/lib/use-live';
import type { WorkSubject } from '@/modules/tasks/domain';
import { maxFileBytes, type StoredFile, type Upload } from '../domain';

/** A file on its way: `share` of it has gone, 0 to 1; or why it didn't arrive. */
export type Sending = { key: string; title: string; share: number; error: string | null };

type Files = { rows: StoredFile[] };

const messageOf = (error: unknown) => (error instanceof Error ? error.message : 'Try again.');

/** The files of a subject with what can be done to them. */
export function useFiles({ kind, id }: WorkSubject) {
  const client = useQueryClient();
  const queryKey = ['files', kind, id];
  const [sending, setSending] = useState<Sending[]>([]);
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => api<Files>('GET', `/api/files?subject=${kind}&id=${id}`, undefined, { signal }),
  });
  useLive('files', (ids) => {
    if (ids === null || ids.includes(id)) void client.invalidateQueries({ queryKey });
  });
  const refresh = () => client.invalidateQueries({ queryKey: ['files'] });

  const note = (key: string, change: Partial<Sending>) =>
    setSending((all) => all.map((each) => (each.key === key ? { ...each, ...change } : each)));
  const forget = (key: string) => setSending((all) => all.filter((each) => each.key !== key));

  async function send(file: File, key: string, { id: fileId, uploadUrl }: Upload) {
    try {
      await putFile(uploadUrl, file, {
        type: file.type || 'application/octet-stream',
        onShare: (share) => note(key, { share }),
        say: {
          tooLarge: 'This file is larger than 50 MB.',
          refused: 'Storage refused the upload. Nothing was kept; try again.',
        },
      });
      const kept = await api<StoredFile>('POST', '/api/files', { id: fileId });
      client.setQueryData<Files>(queryKey, (data) => ({
        rows: [kept, ...(data?.rows ?? []).filter((row) => row.id !== kept.id)],
      }));
      forget(key);
    } catch (error) {
      note(key, { error: messageOf(error) });
    }
  }

  /** Uploads files, each straight to storage. What is refused stays on the screen with its reason. */
  async function upload(files: readonly File[]) {
    const waiting = files.map((file) => ({ file, key: crypto.randomUUID() }));
    const problem = (file: File) =>
      file.size > maxFileBytes
        ? `It is ${formatBytes(file.size)}; at most 50 MB.`
        : file.size === 0
          ? 'It is empty.'
          : null;
    setSending((all) => [
      ...all,
      ...waiting.map(({ file, key }) => ({ key, title: file.name, share: 0, error: problem(file) })),
    ]);
    const good = waiting.filter(({ file }) => problem(file) === null);
    if (good.length === 0) return;
    try {
      const { uploads } = await api<{ uploads: Upload[] }>('POST', '/api/files/sign', {
        files: good.map(({ file }) => ({ title: file.name, size: file.size })),
        [`${kind}_id`]: id,
      });
      await Promise.all(
        good.map(({ file, key }, n) => {
          const to = uploads[n];
          return to ? send(file, key, to) : undefined;
        }),
      );
    } catch (error) {
      for (const { key } of good) note(key, { error: messageOf(error) });
    }
    await refresh();
  }

  /** Deletes a file, with the way back. */
  async function remove(file: StoredFile) {
    const before = client.getQueryData<Files>(queryKey);
    client.setQueryData<Files>(
      queryKey,
      (data) => data && { rows: data.rows.filter((row) => row.id !== file.id) },
    );
    try {
      await api('DELETE', `/api/files/${file.id}`);
      notify.success(`Deleted: ${file.title}`, {
        action: { label: 'Undo', onClick: () => void restore(file) },
      });
    } catch (error) {
      client.setQueryData(queryKey, before);
      notify.error(`“${file.title}” was not deleted`, { description: messageOf(error) });
    }
    await refresh();
  }
  async function restore(file: StoredFile) {
    try {
      await api('POST', `/api/files/${file.id}/restore`);
    } catch (error) {
      notify.error(`“${file.title}” was not brought back`, { description: messageOf(error) });
    }
    await refresh();
  }

  return { query, sending, upload, forget, remove };
}
