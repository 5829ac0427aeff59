/** What a message can carry besides its title. */
export type NotifyOptions = {
  description?: string;
  /** One verb, such as Undo; the message stays 8 s so that it can be pressed. */
  action?: { label: string; onClick: () => void };
};

const WITH_ACTION_MS = 8000;

async function show(
  kind: 'success' | 'error' | 'info',
  title: string,
  options: NotifyOptions,
): Promise<void> {
  const { toast } = await import('sonner');
  toast[kind](title, { ...options, ...(options.action ? { duration: WITH_ACTION_MS } : {}) });
}

/**
 * Says what happened, at the edge of the screen. The messages' code (10 kB) is fetched with the first one; call this
 * rather than `toast` itself.
 */
export const notify = {
  /** Something was done: "3 people deleted", with Undo. */
  success: (title: string, options: NotifyOptions = {}): void => void show('success', title, options),
  /** Something was not done, and what is the case now. */
  error: (title: string, options: NotifyOptions = {}): void => void show('error', title, options),
  /** Something to know. */
  info: (title: string, options: NotifyOptions = {}): void => void show('info', title, options),
};
