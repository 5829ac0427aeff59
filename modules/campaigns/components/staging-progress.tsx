import { FormNotice } from '@/components/form-notice';
import { Progress } from '@/components/ui/progress';
import { formatCount, formatNumber } from '@/lib/format';
import type { CampaignDetail } from '../answers';

/** How far the writing of the first mails is. */
export function StagingProgress({ campaign }: { campaign: CampaignDetail }) {
  const { total, done, error } = campaign.staging;
  return (
    <section aria-labelledby="staging-title" className="max-w-xl px-6 py-6 max-md:px-4">
      <h2 id="staging-title" className="font-semibold text-lg">
        Writing the first e-mails
      </h2>
      <Progress
        className="mt-4"
        label="Writing the first e-mails"
        value={total ? (done / total) * 100 : total === 0 ? 100 : null}
      />
      <p className="mt-2 text-sm tabular-nums">
        {total === null
          ? 'Counting the recipients'
          : `${formatNumber(done)} of ${formatCount(total, 'e-mail')}`}
      </p>
      <p className="mt-3 text-muted-foreground text-sm">
        You can leave this page; it goes on without you. Nothing goes out before you have read and accepted
        it.
      </p>
      {error ? (
        <div className="mt-4">
          <FormNotice tone="problem">It stopped and is tried again: {error}</FormNotice>
        </div>
      ) : null}
    </section>
  );
}
