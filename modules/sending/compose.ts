import type { MailToSend } from '@/lib/providers/sparkpost';

/** What every mail ends with. */
export type Footer = {
  /** The sender's postal address, which the law asks for (16 CFR 316.2(p), CAN-SPAM). */
  postalAddress: string;
  unsubscribeUrl: string;
};

/** A mail as it stands in the queue. */
export type QueuedMail = {
  id: string;
  workspaceId: string;
  to: string;
  fromName: string;
  fromAddress: string;
  replyTo: string | null;
  subject: string;
  bodyText: string;
  bodyHtml: string | null;
  messageId: string | null;
  /** The Message-ID of the thread's first mail. */
  inReplyTo: string | null;
  threadToken: string | null;
  unsubscribeToken: string;
};

/** @param appUrl the public origin of the app @returns the page that a mail's reader unsubscribes on */
export function unsubscribeUrl(appUrl: string, token: string): string {
  return `${appUrl.replace(/\/+$/, '')}/u/${token}`;
}

/** A plain text with address and way out below. */
export function withTextFooter(text: string, { postalAddress, unsubscribeUrl: url }: Footer): string {
  return `${text.trimEnd()}\n\n--\n${postalAddress.trim()}\nUnsubscribe: ${url}\n`;
}

const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/\r?\n/g, '<br>');

/** An HTML body with address and way out below: before the end of its body element, where it has one. */
export function withHtmlFooter(html: string, { postalAddress, unsubscribeUrl: url }: Footer): string {
  const style = 'margin-top:32px;font-size:12px;line-height:18px;color:#6b7280';
  const footer =
    `<div style="${style}">${escapeHtml(postalAddress.trim())}<br>` +
    `<a href="${escapeHtml(url)}" style="color:#6b7280">Unsubscribe</a></div>`;
  const end = html.search(/<\/body\s*>/i);
  return end === -1 ? `${html}\n${footer}` : `${html.slice(0, end)}${footer}\n${html.slice(end)}`;
}

/**
 * A queued mail as the provider gets it: with footer, thread and one-click unsubscription (RFC 8058; RFC 2369, 3.2).
 * @param context.appUrl the public origin of the app, which the unsubscribe link leads to
 */
export function composeMail(
  mail: QueuedMail,
  { appUrl, postalAddress }: { appUrl: string; postalAddress: string },
): MailToSend {
  const footer = { postalAddress, unsubscribeUrl: unsubscribeUrl(appUrl, mail.unsubscribeToken) };
  return {
    sendId: mail.id,
    workspaceId: mail.workspaceId,
    to: mail.to,
    fromName: mail.fromName,
    fromAddress: mail.fromAddress,
    replyTo: mail.replyTo,
    subject: mail.subject,
    text: withTextFooter(mail.bodyText, footer),
    html: mail.bodyHtml === null ? null : withHtmlFooter(mail.bodyHtml, footer),
    headers: {
      ...(mail.messageId && { 'Message-ID': mail.messageId }),
      ...(mail.inReplyTo && { 'In-Reply-To': mail.inReplyTo, References: mail.inReplyTo }),
      ...(mail.threadToken && { 'X-Freehold-Thread': mail.threadToken }),
      'List-Unsubscribe': `<${footer.unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  };
}
