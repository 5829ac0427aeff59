import { Bot } from 'lucide-react';
import { RelativeTime } from '@/components/relative-time';
import { Avatar } from '@/components/ui/avatar';
import { DetailSection } from '@/modules/records/components/detail-layout';
import type { StageMove } from '../domain';

const dayMs = 86_400_000;

/** How long a card stood in a stage, in words. */
function stay(fromMs: number, toMs: number): string {
  const days = Math.floor((toMs - fromMs) / dayMs);
  if (days === 0) return 'less than a day';
  return days === 1 ? '1 day' : `${days} days`;
}

/** A card's way through the stages, the latest first: who moved it, when, why, and how long it stood. */
export function MovesSection({ moves, now }: { moves: readonly StageMove[]; now: number }) {
  return (
    <DetailSection title="Stage history" count={moves.length}>
      <ol className="mt-1 grid gap-2">
        {moves.map((move, index) => {
          const left = moves[index - 1];
          const who = move.by_rule ? 'The rule of the score' : (move.mover ?? 'A former colleague');
          return (
            <li key={move.id} className="flex gap-2.5 text-sm">
              {move.by_rule ? (
                <span
                  aria-hidden
                  className="mt-0.5 inline-flex size-5 shrink-0 items-center justify-center rounded-full bg-secondary text-muted-foreground"
                >
                  <Bot className="size-3" />
                </span>
              ) : (
                <Avatar name={who} size={20} className="mt-0.5" />
              )}
              <div className="min-w-0 flex-1">
                <p className="flex items-baseline gap-2">
                  <span className="min-w-0 flex-1">
                    <span className="font-medium">{move.to_stage}</span>
                    <span className="text-muted-foreground">
                      {' · '}
                      {stay(Date.parse(move.at), left ? Date.parse(left.at) : now)}
                      {left ? '' : ' so far'}
                    </span>
                  </span>
                  <RelativeTime
                    at={move.at}
                    className="shrink-0 text-muted-foreground text-xs tabular-nums"
                  />
                </p>
                <p className="text-muted-foreground text-xs">
                  {who}
                  {move.from_stage ? `, from ${move.from_stage}` : ' put it on the board'}
                </p>
                {move.reason ? <p className="mt-0.5 text-sm wrap-anywhere">{move.reason}</p> : null}
              </div>
            </li>
          );
        })}
      </ol>
    </DetailSection>
  );
}
