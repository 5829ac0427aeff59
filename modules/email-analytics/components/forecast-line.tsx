import { formatCount } from '@/lib/format';
import type { CampaignAnalytics } from '../types';

const longDay = (day: string) =>
  new Intl.DateTimeFormat('en-US', {
    weekday: 'long',
    month: 'short',
    day: 'numeric',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(Date.parse(`${day}T00:00:00Z`));

/** What has to happen before anything goes. */
const firstOf: Readonly<Record<string, string>> = {
  draft: 'Once it is launched, its',
  paused: 'Once it is resumed, its',
};

/** When the campaign's last mail goes, as a sentence; nothing for a draft without recipients, and one that is over. */
export function ForecastLine({ analytics }: { analytics: CampaignAnalytics }) {
  const { forecast, campaign, recipients } = analytics;
  if (['completed', 'cancelled'].includes(campaign.status)) return null;
  if (campaign.status === 'draft' && forecast.kind === 'done') return null;
  return <p className="text-sm">{sentence()}</p>;

  function sentence() {
    switch (forecast.kind) {
      case 'ends':
        return (
          <>
            <strong className="font-semibold">
              {firstOf[campaign.status] ?? 'Its'} last e-mail goes around {longDay(forecast.day)}
            </strong>
            <span className="text-muted-foreground">
              {' '}
              · {formatCount(forecast.mails, 'e-mail')} to go if nobody answers, by the caps, hours and pace
              of the domains
            </span>
          </>
        );
      case 'done':
        return (
          <span className="text-muted-foreground">
            {(recipients.active ?? 0) > 0
              ? 'Every e-mail has gone. It ends when the last recipients have had their time to answer.'
              : 'Nothing is left to send.'}
          </span>
        );
      case 'stuck':
        return (
          <strong className="font-semibold text-warning-text">
            Nothing can go: no active domain has room for these e-mails in the campaign’s hours.
          </strong>
        );
      case 'endless':
        return <span className="text-muted-foreground">It goes on for more than two years.</span>;
    }
  }
}
