import { Tooltip } from '@/components/ui/tooltip';
import { formatNumber } from '@/lib/format';

const DAY_MS = 86_400_000;
const shown = 28;

const dayLabel = (day: string) =>
  new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${day}T00:00:00Z`),
  );

/** The mails of the last four weeks by the day they went, with how many of them were opened and answered. */
export function DayChart({
  days,
  today,
}: {
  days: readonly { day: string; sent: number; opened: number; replied: number }[];
  today: string;
}) {
  const known = new Map(days.map((day) => [day.day, day]));
  const end = Date.parse(`${today}T00:00:00Z`);
  const all = Array.from({ length: shown }, (_, index) => {
    const day = new Date(end - (shown - 1 - index) * DAY_MS).toISOString().slice(0, 10);
    return known.get(day) ?? { day, sent: 0, opened: 0, replied: 0 };
  });
  const top = Math.max(1, ...all.map(({ sent }) => sent));
  return (
    <section aria-label="Mails by the day they went">
      <h3 className="mb-2 font-medium text-sm">By day</h3>
      <ol className="flex h-24 items-end gap-0.5 border-b">
        {all.map(({ day, sent, opened, replied }) => {
          const words = `${dayLabel(day)}: ${formatNumber(sent)} sent, ${formatNumber(opened)} opened, ${formatNumber(replied)} replied`;
          return (
            <li key={day} className="h-full min-w-0 flex-1">
              <Tooltip content={words} className="h-full w-full">
                <svg
                  viewBox="0 0 10 100"
                  preserveAspectRatio="none"
                  role="img"
                  aria-label={words}
                  className="h-full w-full"
                >
                  <rect
                    y={100 - (100 * sent) / top}
                    width="10"
                    height={(100 * sent) / top}
                    className="fill-control opacity-30"
                  />
                  <rect
                    y={100 - (100 * opened) / top}
                    width="10"
                    height={(100 * opened) / top}
                    className="fill-control opacity-60"
                  />
                  <rect
                    y={100 - (100 * replied) / top}
                    width="10"
                    height={(100 * replied) / top}
                    className="fill-primary"
                  />
                </svg>
              </Tooltip>
            </li>
          );
        })}
      </ol>
      <div className="mt-1 flex justify-between text-muted-foreground text-xs tabular-nums">
        <span>{dayLabel(all[0]?.day ?? today)}</span>
        <span className="flex gap-3">
          <Key className="fill-control opacity-30" label="Sent" />
          <Key className="fill-control opacity-60" label="Opened" />
          <Key className="fill-primary" label="Replied" />
        </span>
        <span>Today</span>
      </div>
    </section>
  );
}

function Key({ className, label }: { className: string; label: string }) {
  return (
    <span className="inline-flex items-center gap-1">
      <svg aria-hidden width="8" height="8">
        <rect width="8" height="8" rx="1" className={className} />
      </svg>
      {label}
    </span>
  );
}
