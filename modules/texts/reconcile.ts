import 'server-only';
import { unwrap } from '@/lib/errors';
import type { CronContext } from '@/lib/http/cron';
import { type ListedText, listTexts, twilioProblem } from '@/lib/providers/twilio';
import type { Json } from '@/lib/supabase/database.types';
import { deliveryRanks, isDelivery } from './domain';

const textsPerRun = 100;
/** A clock of ours may be ahead of Twilio's. */
const earlierMs = 60_000;
/** A request that was taken was taken within this. */
const laterMs = 5 * 60_000;

type Unknown = { id: string; to: string; from: string; body: string; since: string };

/**
 * Finds out about texts of which nobody knows whether they went: asks Twilio for what went between the two numbers then. None is
 * ever sent again from here; one that Twilio doesn't have stays unknown until a person says so.
 */
export async function reconcileTexts(ctx: CronContext): Promise<Record<string, number>> {
  const counts = { asked: 0, found: 0, failed: 0 };
  if (twilioProblem()) return counts;
  const texts = unwrap(
    await ctx.admin.rpc('claim_unknown_texts', { wanted: textsPerRun }),
  ) as unknown as Unknown[];
  for (const text of texts) {
    if (ctx.timeLeftMs() < 60_000) break;
    counts.asked += 1;
    try {
      counts.found += (await lookUp(ctx, text)) ? 1 : 0;
    } catch (error) {
      // nothing is known of it; it is asked for again in five minutes
      ctx.log.warn({ err: error, text: text.id }, 'Twilio could not be asked for a text');
      counts.failed += 1;
    }
  }
  return counts;
}

async function lookUp({ admin }: CronContext, text: Unknown): Promise<boolean> {
  const since = Date.parse(text.since);
  const listed = await listTexts({
    to: text.to,
    from: text.from,
    since: new Date(since - earlierMs).toISOString(),
  });
  const alike = listed.filter((one) => isLike(one, text, since));
  if (alike.length === 0) return false;
  const known = unwrap(
    await admin
      .from('sms_messages')
      .select('provider_sid')
      .in(
        'provider_sid',
        alike.map(({ sid }) => sid),
      ),
  );
  const taken = new Set(known.map(({ provider_sid }) => provider_sid));
  const ours = alike.filter(({ sid }) => !taken.has(sid)).at(-1);
  if (!ours) return false;
  const delivery = isDelivery(ours.status) ? ours.status : 'accepted';
  const told = [
    {
      id: text.id,
      sid: ours.sid,
      delivery,
      rank: deliveryRanks[delivery],
      error_code: ours.errorCode,
      at: ours.createdAt,
    },
  ];
  unwrap(await admin.rpc('settle_texts', { told: told as unknown as Json }));
  return true;
}

/** Whether Twilio's may be ours: the same words, taken while ours was being sent. */
function isLike(one: ListedText, text: Unknown, since: number): boolean {
  const at = Date.parse(one.createdAt);
  return one.body === text.body && at >= since - earlierMs && at <= since + laterMs;
}
