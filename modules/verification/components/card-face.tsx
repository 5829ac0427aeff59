import { CalendarClock, CircleCheck, Clock, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { formatRelative } from '@/lib/format';
import { cn } from '@/lib/utils';
import { type BoardCard, daysInStage, type SlaState, slaOf } from '../domain';
import { ScoreRing } from './score-ring';

/** Height of a card and of the space below it, in pixels: all cards are of one height, so that a place is arithmetic. */
export const cardHeight = 88;
export const cardPitch = cardHeight + 8;

/** What the cards of a board share. */
export type CardKit = {
  memberName: (id: string | null) => string;
  /** Milliseconds since 1970, renewed every minute: ages and limits are counted from it. */
  now: number;
  threshold: number;
  timeZone: string;
};

type Stage = Parameters<typeof slaOf>[1];

function SlaMark({ sla }: { sla: SlaState }) {
  if (sla.state === 'ok') return null;
  const isOver = sla.state === 'breached';
  const Icon = isOver ? TriangleAlert : Clock;
  const words = isOver ? (sla.overdueDays > 0 ? `${sla.overdueDays} d over` : 'Over') : 'Due soon';
  return (
    <span
      className={cn('inline-flex items-center gap-1', isOver ? 'text-destructive-text' : 'text-warning-text')}
    >
      <Icon aria-hidden className="size-3" />
      {words}
    </span>
  );
}

/** What a card says, in three lines: property and score; owner; assignee, time in the stage, next step, tasks. */
export const CardFace = memo(function CardFace({
  card,
  stage,
  kit,
}: {
  card: BoardCard;
  stage: Stage;
  kit: CardKit;
}) {
  const sla = slaOf(card, stage, kit.now);
  const days = daysInStage(card, kit.now);
  const assignee = kit.memberName(card.assigned_to);
  const isStepOverdue = card.next_step_at !== null && Date.parse(card.next_step_at) < kit.now;
  return (
    <div
      className={cn(
        'relative flex h-full flex-col overflow-hidden rounded-lg border bg-card px-3 py-2 transition-colors duration-120 group-hover/card:border-input',
        sla?.state === 'breached' &&
          'before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:bg-destructive',
      )}
    >
      <div className="flex min-h-6 items-start gap-2">
        <p className="min-w-0 flex-1 truncate font-medium text-sm">{card.property.name}</p>
        <ScoreRing score={card.score} isOver={(card.score ?? 0) >= kit.threshold} />
      </div>
      <p className="-mt-0.5 truncate text-muted-foreground text-xs">
        {[card.owner?.name, card.property.city].filter(Boolean).join(' · ') || card.property.address}
      </p>
      <div className="mt-auto flex items-center gap-2.5 whitespace-nowrap text-muted-foreground text-xs tabular-nums">
        {assignee ? (
          <span className="inline-flex" title={assignee}>
            <Avatar name={assignee} size={20} />
            <span className="sr-only">Assigned to {assignee}</span>
          </span>
        ) : null}
        <span>
          <span className="sr-only">In this stage: </span>
          {days === 0 ? 'Today' : `${days} d`}
        </span>
        {sla ? <SlaMark sla={sla} /> : null}
        {card.next_step_at ? (
          <span className={cn('inline-flex items-center gap-1', isStepOverdue && 'text-warning-text')}>
            <CalendarClock aria-hidden className="size-3" />
            <span className="sr-only">{isStepOverdue ? 'Next step overdue: ' : 'Next step: '}</span>
            <span suppressHydrationWarning>{formatRelative(card.next_step_at, kit.timeZone, kit.now)}</span>
          </span>
        ) : null}
        {card.open_tasks > 0 ? (
          <span className="ml-auto inline-flex items-center gap-1">
            <CircleCheck aria-hidden className="size-3" />
            {card.open_tasks}
            <span className="sr-only">{card.open_tasks === 1 ? ' open task' : ' open tasks'}</span>
          </span>
        ) : null}
      </div>
    </div>
  );
});
