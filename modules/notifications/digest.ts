import { formatDateTime } from '@/lib/format';
import type { Mail } from '@/lib/mail';
import { escapeHtml, oneLine } from '@/lib/mail-text';

/** What the database says of a daily mail. Times are ISO 8601 with an offset. */
export type Digest = {
  workspace_id: string;
  user_id: string;
  email: string;
  full_name: string;
  /** IANA zone of the person. */
  time_zone: string;
  workspace_name: string;
  /** What came after this is not in it. */
  until: string;
  /** How many are unread; `items` are the latest of them. */
  total: number;
  items: { title: string; body: string | null; link: string; created_at: string }[];
};

/**
 * The daily mail: what is still unread, the latest on top, each with the way to it.
 * @param appUrl the public origin
 */
export function digestMail(digest: Digest, appUrl: string): Mail {
  const workspace = oneLine(digest.workspace_name);
  const count = digest.total === 1 ? '1 notification' : `${digest.total} notifications`;
  const greeting = digest.full_name ? `Good morning, ${oneLine(digest.full_name)}.` : 'Good morning.';
  const first = `${greeting} ${count} in ${workspace} ${digest.total === 1 ? 'is' : 'are'} waiting for you.`;
  const items = digest.items.map((item) => ({
    title: oneLine(item.title),
    body: item.body ? oneLine(item.body) : null,
    when: formatDateTime(item.created_at, digest.time_zone),
    url: new URL(item.link, appUrl).href,
  }));
  const more = digest.total - items.length;
  const rest = more > 0 ? `And ${more} more: ${new URL('/notifications', appUrl).href}` : null;
  const settings = new URL('/settings/notifications', appUrl).href;
  const last = `You get this once a day because you asked for it. Change that: ${settings}`;
  return {
    to: digest.email,
    subject: `${workspace}: ${count}`,
    text: [
      first,
      ...items.map((item) => `${item.title} (${item.when})\n${item.body ? `${item.body}\n` : ''}${item.url}`),
      ...(rest ? [rest] : []),
      last,
    ].join('\n\n'),
    html: `<p>${escapeHtml(first)}</p>
<ul>
${items
  .map(
    (item) =>
      `<li><a href="${escapeHtml(item.url)}">${escapeHtml(item.title)}</a> (${escapeHtml(item.when)})${item.body ? `<br>${escapeHtml(item.body)}` : ''}</li>`,
  )
  .join('\n')}
</ul>
${rest ? `<p>${escapeHtml(rest)}</p>\n` : ''}<p>${escapeHtml(last)}</p>
`,
  };
}
