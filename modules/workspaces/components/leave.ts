import { notify } from '@/components/notify';
import { ApiError, api } from '@/lib/api-client';

/**
 * What ends in a fresh document: nothing of one workspace or session is left for the next in the browser's memory.
 * Fetched when it is asked for; no page's first load carries it.
 */
async function leave(path: string, to: string, failed: string): Promise<void> {
  try {
    await api('POST', path);
    window.location.assign(to);
  } catch (error) {
    notify.error(failed, { description: error instanceof ApiError ? error.message : 'Try again.' });
  }
}

/** Goes to another workspace of the person. @param id the workspace's */
export const switchWorkspace = (id: string) =>
  leave(`/api/workspaces/${id}/switch`, '/', 'The workspace was not switched');

/** Ends the session. */
export const signOut = () => leave('/api/auth/sign-out', '/sign-in', 'You are still signed in');
