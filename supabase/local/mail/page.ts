/** The catcher's page, rendered on the server: a list of mails and one mail with its links. */
import type { CaughtMail } from './store';

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const STYLE = `
:root { color-scheme: light dark; --bg: #f8fafb; --surface: #fff; --line: #e3e8ec; --text: #17212b; --muted: #5a6875; --accent: #047857 }
@media (prefers-color-scheme: dark) { :root { --bg: #0b141d; --surface: #121d28; --line: #22303d; --text: #e6edf3; --muted: #94a3b3; --accent: #34d399 } }
* { box-sizing: border-box } body { margin: 0; background: var(--bg); color: var(--text); font: 14px/1.5 system-ui, sans-serif }
main { max-width: 880px; margin: 0 auto; padding: 24px 16px } header { display: flex; gap: 12px; align-items: baseline }
h1 { font-size: 20px; font-weight: 600; margin: 0 0 16px } p, small, time { color: var(--muted) }
a { color: var(--accent) } a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; margin-bottom: 8px; overflow-wrap: anywhere }
.row { display: flex; justify-content: space-between; gap: 16px } .row a { font-weight: 600; text-decoration: none }
ul { margin: 8px 0 0; padding-left: 18px } pre { white-space: pre-wrap; margin: 0 }
iframe { width: 100%; height: 60vh; border: 1px solid var(--line); border-radius: 8px; background: #fff }`;

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main>${body}</main></body></html>`;
}

function facts(mail: CaughtMail): string {
  return `<small>to ${escapeHtml(mail.to.join(', '))} from ${escapeHtml(mail.from)}</small>`;
}

function linkList(mail: CaughtMail): string {
  const items = mail.links.map(
    (link) =>
      `<li><a href="${escapeHtml(link)}" target="_blank" rel="noreferrer">${escapeHtml(link)}</a></li>`,
  );
  return items.length ? `<ul>${items.join('')}</ul>` : '';
}

const when = (mail: CaughtMail) =>
  `<time datetime="${mail.receivedAt}">${mail.receivedAt.slice(0, 19).replace('T', ' ')} UTC</time>`;

/**
 * @param mails newest first
 * @returns the whole page
 */
export function listPage(mails: CaughtMail[]): string {
  const rows = mails.map(
    (mail) =>
      `<article class="card"><div class="row"><a href="/messages/${mail.id}">${escapeHtml(mail.subject)}</a>${when(mail)}</div>${facts(mail)}${linkList(mail)}</article>`,
  );
  const empty =
    '<p>No mail yet. Whatever the local stack sends, such as sign-up and reset links, shows up here.</p>';
  return page('Mail', `<h1>Mail</h1>${rows.join('') || empty}`);
}

/**
 * The mail's own HTML runs in a sandboxed frame: it can neither script nor reach this page.
 * @param mail the one to show
 * @returns the whole page
 */
export function messagePage(mail: CaughtMail): string {
  const body = mail.html
    ? `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="Message" srcdoc="${escapeHtml(`<base target="_blank">${mail.html}`)}"></iframe>`
    : `<div class="card"><pre>${escapeHtml(mail.text)}</pre></div>`;
  return page(
    mail.subject,
    `<p><a href="/">All mail</a></p><h1>${escapeHtml(mail.subject)}</h1><div class="card"><div class="row">${facts(mail)}${when(mail)}</div>${linkList(mail)}</div>${body}`,
  );
}
