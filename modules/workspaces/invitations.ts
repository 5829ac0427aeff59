import 'server-only';
import { randomBytes } from 'node:crypto';
import { env } from '@/lib/env';
import { AppError, unwrap } from '@/lib/errors';
import type { MemberContext } from '@/lib/http/context';
import type { CronContext } from '@/lib/http/cron';
import type { PublicContext, UserContext } from '@/lib/http/route';
import { sendMail } from '@/lib/mail';
import type { Client } from '@/lib/supabase/server';
import { hashToken, invitationMail } from './domain';
import type { CreateInvitation } from './schema';
import { enterWorkspace } from './service';
import type { InvitationPreview, IssuedInvitation } from './types';

const validForMs = 7 * 24 * 60 * 60 * 1000;
/** A mail server that doesn't answer holds a mail this long; less time than that and the next run sends it. */
const leastMailMs = 60_000;
const columns = 'id, email, role, expires_at';

type Row = { id: string; email: string | null; role: string; expires_at: string };

/** 32 random bytes: whoever holds it may accept, so it can't be guessed, and only its hash is stored. */
const newToken = () => randomBytes(32).toString('base64url');
const linkOf = (token: string) => `${env().APP_URL.replace(/\/$/, '')}/invitations/${token}`;
const expiry = () => new Date(Date.now() + validForMs).toISOString();

/**
 * Invites an address by mail, or makes a link for whoever holds it.
 * @returns with the link where no mail went out; it can't be shown again.
 * @throws {AppError} `conflict` at `email` for a member, or an address that has an open invitation.
 */
export async function createInvitation(
  ctx: MemberContext,
  { email, role }: CreateInvitation,
): Promise<IssuedInvitation> {
  const { supabase, workspaceId, userId } = ctx;
  if (email) {
    await refuseMember(supabase, workspaceId, email);
    // one that ran out would stand in the way of the new one
    unwrap(
      await supabase
        .from('invitations')
        .update({ revoked_at: new Date().toISOString() })
        .eq('workspace_id', workspaceId)
        .eq('email', email)
        .is('accepted_at', null)
        .is('revoked_at', null)
        .lt('expires_at', new Date().toISOString()),
    );
  }
  const token = newToken();
  const row = unwrap(
    await supabase
      .from('invitations')
      .insert({
        workspace_id: workspaceId,
        email: email ?? null,
        role,
        token_hash: hashToken(token),
        invited_by: userId,
        expires_at: expiry(),
      })
      .select(columns)
      .single(),
  );
  return issue(ctx, row, token);
}

/**
 * Sends an invitation again with a new token and a new end; the old link stops working.
 * @throws {AppError} `not_found` for one that is used, withdrawn or a stranger's.
 */
export async function resendInvitation(ctx: MemberContext, id: string): Promise<IssuedInvitation> {
  const token = newToken();
  const row = unwrap(
    await ctx.supabase
      .from('invitations')
      .update({ token_hash: hashToken(token), expires_at: expiry() })
      .eq('workspace_id', ctx.workspaceId)
      .eq('id', id)
      .is('revoked_at', null)
      .or('email.is.null,accepted_at.is.null')
      .select(columns)
      .single(),
  );
  return issue(ctx, row, token);
}

/**
 * Withdraws an invitation; its link stops working at once.
 * @throws {AppError} `not_found` for one that is used, withdrawn already or a stranger's.
 */
export async function revokeInvitation({ supabase, workspaceId }: MemberContext, id: string): Promise<void> {
  unwrap(
    await supabase
      .from('invitations')
      .update({ revoked_at: new Date().toISOString() })
      .eq('workspace_id', workspaceId)
      .eq('id', id)
      .is('revoked_at', null)
      .or('email.is.null,accepted_at.is.null')
      .select('id')
      .single(),
  );
}

/**
 * Asks that an invitation to the caller's own address be mailed again, with a fresh link. Only that mail lets them in: an
 * account alone does not prove that the address is theirs, so the link is made in the background, out of their reach.
 * @throws {AppError} `not_found` for one that isn't open or isn't theirs, `unavailable` where no mail can be sent.
 */
export async function remindMe({ supabase }: UserContext, id: string): Promise<void> {
  if (!env().SMTP_URL || !env().CRON_SECRET) {
    throw new AppError('unavailable', {
      userMessage: 'No mail could be sent. Ask whoever invited you for the link.',
    });
  }
  unwrap(await supabase.rpc('request_invitation_mail', { invitation: id }));
}

/**
 * Sends the invitations that were asked for again; the old links stop working. Killed half-way, whoever waits asks once more.
 * @returns how many mails went out, and how many didn't
 */
export async function sendRequestedInvitations({ admin, log, timeLeftMs }: CronContext) {
  const counts = { sent: 0, failed: 0 };
  while (timeLeftMs() > leastMailMs) {
    const token = newToken();
    const claimed = unwrap(await admin.rpc('claim_invitation_mail', { new_token_hash: hashToken(token) }));
    if (!claimed) break;
    const invitation = claimed as {
      email: string;
      role: 'admin' | 'member';
      expires_at: string;
      workspace_name: string;
      invited_by: string | null;
    };
    const mail = invitationMail({
      to: invitation.email,
      workspaceName: invitation.workspace_name,
      invitedBy: invitation.invited_by || null,
      role: invitation.role,
      link: linkOf(token),
      expiresAt: invitation.expires_at,
    });
    counts[(await sendMail(mail, log)) === 'sent' ? 'sent' : 'failed'] += 1;
  }
  return counts;
}

/** What a token invites to, for its page; null where there is no such invitation. */
export async function findInvitation(supabase: Client, token: string): Promise<InvitationPreview | null> {
  return unwrap(await supabase.rpc('find_invitation', { token })) as InvitationPreview | null;
}

/**
 * Brings the caller into the workspace and enters it. A member already: nothing changes but that they enter it.
 * @throws {AppError} `not_found`, `gone` when used up, withdrawn or too old, `wrong_account` for another address.
 */
export async function acceptInvitation({ supabase }: Pick<PublicContext, 'supabase'>, token: string) {
  const accepted = unwrap(await supabase.rpc('accept_invitation', { token })) as { workspace_id: string };
  await enterWorkspace(accepted.workspace_id);
  return accepted;
}

async function refuseMember(supabase: Client, workspaceId: string, email: string): Promise<void> {
  const members = unwrap(
    await supabase
      .from('workspace_members')
      .select('user_id, profiles!workspace_members_user_id_fkey!inner(email)')
      .eq('workspace_id', workspaceId)
      .eq('profiles.email', email)
      .limit(1),
  );
  if (members.length === 0) return;
  const message = 'This person is in the workspace already';
  throw new AppError('conflict', { userMessage: message, fields: { email: message } });
}

async function issue(ctx: MemberContext, row: Row, token: string): Promise<IssuedInvitation> {
  const role = row.role as IssuedInvitation['role'];
  const invitation = { id: row.id, email: row.email, role, expires_at: row.expires_at };
  const link = linkOf(token);
  if (row.email === null) return { ...invitation, mail: 'none', link };
  const inviter = unwrap(
    await ctx.supabase.from('profiles').select('full_name, email').eq('user_id', ctx.userId).single(),
  );
  const mail = await sendMail(
    invitationMail({
      to: row.email,
      workspaceName: ctx.workspace.name,
      invitedBy: inviter.full_name || inviter.email,
      role,
      link,
      expiresAt: row.expires_at,
    }),
    ctx.log,
  );
  return { ...invitation, mail, link: mail === 'sent' ? null : link };
}
