import 'server-only';
import { env } from '@/lib/env';
import { AppError, unwrap } from '@/lib/errors';
import { formatPhone } from '@/lib/format-phone';
import type { Context } from '@/lib/http/context';
import type { MachineContext } from '@/lib/http/route';
import {
  type AccountNumber,
  browserCallsProblem,
  listNumbers,
  pointNumber,
  twilioProblem,
} from '@/lib/providers/twilio';
import type { Json } from '@/lib/supabase/database.types';
import { requireId } from '@/modules/records/service';
import type { AvailableNumbers, PhoneNumberRow, PhoneNumbers } from './answers';
import type { AddNumber, UpdateNumber } from './schema';

type Scope = Pick<Context, 'supabase' | 'workspaceId'>;

const shown = (row: Json): PhoneNumberRow => {
  const number = row as unknown as Omit<PhoneNumberRow, 'display'>;
  return { ...number, display: formatPhone(number.e164) };
};

/** Where the provider announces what happens. */
function webhookUrls(): PhoneNumbers['webhooks'] {
  const base = `${env().APP_URL.replace(/\/$/, '')}/api/webhooks/twilio`;
  return {
    voice: `${base}/voice`,
    sms: `${base}/sms`,
    call_status: `${base}/call-status`,
    sms_status: `${base}/sms-status`,
  };
}

/** Our own numbers, and what is missing before they work. @throws {AppError} `not_found` for who isn't a member */
export async function listPhoneNumbers(ctx: Scope): Promise<PhoneNumbers> {
  const rows = unwrap(await ctx.supabase.rpc('list_phone_numbers', { workspace: ctx.workspaceId }));
  return {
    rows: (rows as Json[]).map(shown),
    problem: twilioProblem(),
    browser_problem: browserCallsProblem(),
    webhooks: webhookUrls(),
  };
}

/** The account's numbers that this workspace doesn't have. @throws {AppError} `unavailable` where the account can't be asked */
export async function listAvailable(ctx: Context): Promise<AvailableNumbers> {
  const [account, { rows }] = await Promise.all([accountNumbers(ctx), listPhoneNumbers(ctx)]);
  const here = new Set(rows.filter(({ archived_at }) => archived_at === null).map(({ e164 }) => e164));
  return {
    rows: account
      .filter(({ e164, features }) => !here.has(e164) && features.length > 0)
      .map(({ sid, e164, label, features }) => ({
        sid,
        e164,
        display: formatPhone(e164),
        name: label,
        features,
      })),
  };
}

/**
 * Adds a number of the account, and tells the provider to announce its calls and texts here.
 * @throws {AppError} `invalid` at `e164` where the account hasn't got it, `conflict` where another workspace has it,
 * `unavailable` where the account can't be asked
 */
export async function addPhoneNumber(
  ctx: MachineContext,
  { e164, label }: AddNumber,
): Promise<PhoneNumberRow> {
  const account = await accountNumbers(ctx);
  const found = account.find((number) => number.e164 === e164);
  if (!found || found.features.length === 0) {
    const message = found
      ? 'This number can neither call nor text'
      : 'Your Twilio account doesn’t have this number';
    throw new AppError('invalid', { userMessage: message, fields: { e164: message } });
  }
  const row = unwrap(
    await ctx.admin.rpc('add_phone_number', {
      workspace: ctx.workspaceId,
      actor: ctx.userId,
      e164,
      label: (label ?? found.label).slice(0, 80),
      provider_sid: found.sid,
      features: found.features,
    }),
  );
  const { voice, sms, call_status } = webhookUrls();
  const urls = { voiceUrl: voice, smsUrl: sms, statusCallback: call_status };
  await pointNumber(found.sid, urls).catch((cause: unknown) => {
    throw new AppError('unavailable', {
      userMessage:
        'The number was added, but Twilio could not be told where its calls and texts go. Enter the addresses there by hand.',
      cause,
    });
  });
  return shown(row);
}

/** Changes a number. @throws {AppError} `not_found` */
export async function updatePhoneNumber(
  ctx: Context,
  id: string,
  change: UpdateNumber,
): Promise<PhoneNumberRow> {
  return shown(
    unwrap(
      await ctx.supabase.rpc('update_phone_number', {
        workspace: ctx.workspaceId,
        number: requireId(id),
        change,
      }),
    ),
  );
}

async function accountNumbers(ctx: Context): Promise<AccountNumber[]> {
  const problem = twilioProblem();
  if (problem) throw new AppError('unavailable', { userMessage: problem });
  try {
    return await listNumbers();
  } catch (cause) {
    ctx.log.warn({ err: cause }, 'the numbers of the Twilio account could not be listed');
    throw new AppError('unavailable', {
      userMessage: 'Twilio doesn’t tell which numbers the account has. Try again in a minute.',
      cause,
    });
  }
}
