'use client';

import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { useShortcut } from '@/components/shortcuts';
import type { OutreachChannel, OutreachSubject } from '@/modules/outreach/domain';

const OutreachComposer = dynamic(
  () => import('./outreach-composer').then((module) => module.OutreachComposer),
  { ssr: false },
);

/**
 * The composer of a page or panel: opened by `l`, or by its buttons.
 * @param group under which heading the list of shortcuts names the key
 * @param enabled false where nothing may be logged, as on a deleted record
 * @param onLogged after the server has it, and after it was taken back
 * @returns `log(channel?)` opens it; `composer` is to be rendered
 */
export function useOutreach(
  subject: OutreachSubject,
  { group, enabled = true, onLogged }: { group: string; enabled?: boolean; onLogged?: () => void },
): { log: (channel?: OutreachChannel) => void; composer: ReactNode } {
  const [opened, setOpened] = useState<{ channel?: OutreachChannel } | null>(null);
  useShortcut('l', 'Log outreach', () => setOpened({}), { group, enabled });
  return {
    log: (channel) => setOpened({ channel }),
    composer: opened ? (
      <OutreachComposer
        subject={subject}
        channel={opened.channel}
        onClose={() => setOpened(null)}
        onLogged={onLogged}
      />
    ) : null,
  };
}
