import { RelativeTime } from '@/components/relative-time';
import { StatusBadge } from '@/components/status-badge';
import { mailState } from '../mail-state';
import type { OutboxRow } from '../types';

/** What has become of a mail, and below it why it waits or won't go. */
export function MailBadge({ mail }: { mail: OutboxRow }) {
  const { label, glyph, tone, why, until } = mailState(mail);
  return (
    <div className="min-w-0">
      <StatusBadge label={label} glyph={glyph} tone={tone} />
      {why ? (
        <p className="text-pretty text-muted-foreground text-xs">
          {why}
          {until ? (
            <>
              {' '}
              Again <RelativeTime at={until} />.
            </>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

const purposes = { campaign: null, test: 'Test', direct: 'One to one', followup: 'After a call' } as const;

/** Where a mail comes from: its campaign and step, or what else it is. */
export const originOf = (mail: OutboxRow): string =>
  [purposes[mail.purpose], mail.campaign?.name, mail.step].filter(Boolean).join(' · ');
