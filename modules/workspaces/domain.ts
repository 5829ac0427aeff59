import { createHash } from 'node:crypto';
import type { Mail } from '@/lib/mail';
import { escapeHtml, oneLine } from '@/lib/mail-text';

/** As `private.hash_token` in the database does it: only the hash is stored. */
export const hashToken = (token: string) => createHash('sha256').update(token, 'utf8').digest('hex');

/** What an invitation mail says. */
export type InvitationMail = {
  to: string;
  workspaceName: string;
  /** null where the inviter's account is gone. */
  invitedBy: string | null;
  role: 'admin' | 'member';
  link: string;
  /** ISO 8601 */
  expiresAt: string;
};

/** The mail that brings somebody into a workspace: plain text, and the same as simple HTML. */
export function invitationMail({
  to,
  workspaceName,
  invitedBy,
  role,
  link,
  expiresAt,
}: InvitationMail): Mail {
  const workspace = oneLine(workspaceName);
  const inviter = invitedBy ? oneLine(invitedBy) : 'A colleague';
  const until = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(
    Date.parse(expiresAt),
  );
  const first = `${inviter} invites you to work in ${workspace} on Freehold as ${role === 'admin' ? 'an admin' : 'a member'}.`;
  const last = `The link is for ${to} and works until ${until}. If you did not expect it, nothing happens when you ignore this mail.`;
  return {
    to,
    subject: `${inviter} invites you to ${workspace}`,
    text: `${first}\n\nAccept the invitation:\n${link}\n\n${last}\n`,
    html: `<p>${escapeHtml(first)}</p>
<p><a href="${escapeHtml(link)}">Accept the invitation</a></p>
<p>${escapeHtml(last)}</p>
`,
  };
}
