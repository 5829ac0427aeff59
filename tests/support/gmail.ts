/** Mailboxes in the Gmail emulator of the run: connected as people do, filled as the world does. */
import { BrowserSession } from './browser-session';
import { sql } from './db';
import { type Actor, unique, type Workspace } from './factories';
import { testStack } from './stack';

/** Asks the emulator's control API. */
export async function gmailControl<T = Record<string, unknown>>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(`${testStack().env.GMAIL_API_URL}/__control/${path}`, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return (await response.json()) as T;
}

/** A browser in which somebody is signed in. */
export async function browserOf(actor: Actor): Promise<BrowserSession> {
  const browser = new BrowserSession();
  await browser.call('/api/auth/sign-in', { body: { email: actor.email, password: actor.password } });
  return browser;
}

/** Begins to connect a mailbox. @returns where Google would ask */
export async function beginConnect(browser: BrowserSession, workspace: Workspace): Promise<URL> {
  const { body } = await browser.call<{ url: string }>('/api/mailboxes/connect', {
    body: {},
    headers: { 'x-workspace-id': workspace.id },
  });
  return new URL(body.url);
}

/** Gives the permission on the consent page. @returns where it sends the person back to */
export async function allow(consent: URL, address: string): Promise<URL> {
  const form = new URLSearchParams(consent.searchParams);
  form.set('decision', 'allow');
  form.set('address', address);
  const response = await fetch(`${consent.origin}${consent.pathname}`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  return new URL(response.headers.get('location') ?? '');
}

/** A mailbox that somebody has connected and that was read once. */
export type TestMailbox = { id: string; address: string };

/** Connects a new mailbox of somebody's through the app, as a person does. */
export async function connectMailbox(
  actor: Actor,
  workspace: Workspace,
  address = `${unique()}@agency.example`,
): Promise<TestMailbox> {
  const browser = await browserOf(actor);
  const back = await allow(await beginConnect(browser, workspace), address);
  const { location } = await browser.call(`${back.pathname}${back.search}`);
  const [row] = await sql()<{ id: string }[]>`
    select id from mailboxes where workspace_id = ${workspace.id} and address = ${address} and status = 'connected'`;
  if (!row) throw new Error(`the mailbox was not connected: ${location}`);
  return { id: row.id, address };
}

/** A mail as it comes in. */
export type IncomingMail = {
  from: string;
  to?: string;
  subject?: string;
  text?: string;
  /** Further header fields. */
  headers?: Record<string, string>;
  /** The whole body with its own Content-Type among `headers`. */
  body?: string;
  receivedAt?: Date;
};

/** Puts a mail into a mailbox. @returns its id there, and its Message-ID */
export async function receive(
  box: TestMailbox,
  mail: IncomingMail,
): Promise<{ id: string; messageId: string }> {
  const messageId = `<${unique()}@mail.example>`;
  const fields = {
    From: mail.from,
    To: mail.to ?? box.address,
    'Message-ID': messageId,
    Subject: mail.subject ?? 'Hello',
    Date: new Date().toUTCString(),
    ...mail.headers,
  };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  const { id } = await gmailControl<{ id: string }>('POST', 'messages', {
    address: box.address,
    raw: `${head.join('\r\n')}\r\n\r\n${mail.body ?? mail.text ?? 'Yes, call me on Friday.'}`,
    ...(mail.receivedAt && { received_at: mail.receivedAt.toISOString() }),
  });
  return { id, messageId };
}

/** What stands in a mailbox. */
export const mailboxOf = (box: TestMailbox) =>
  gmailControl<{
    messages: { id: string; threadId: string; labels: string[]; raw: string }[];
    grants: number;
  }>('GET', `mailbox?address=${encodeURIComponent(box.address)}`);

/** What was kept of a mailbox's mails, the oldest first. */
export const keptOf = (box: TestMailbox) =>
  sql()<
    {
      id: string;
      kind: string;
      matched_by: string | null;
      person_id: string | null;
      campaign_id: string | null;
      recipient_id: string | null;
      email_queue_id: string | null;
      subject: string;
      body_text: string;
      body_html: string | null;
      provider_message_id: string;
      message_id: string | null;
    }[]
  >`select * from inbound_emails where mailbox_id = ${box.id} order by received_at, id`;
