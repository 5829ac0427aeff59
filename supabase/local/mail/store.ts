/** The mails that the local catcher took: one .eml file each, the newest few hundred kept. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';

/** One caught mail. `receivedAt` is ISO 8601 in UTC; `html` is as sent, not to be trusted. */
export interface CaughtMail {
  id: string;
  receivedAt: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** Every http(s) link in the mail, each once. */
  links: string[];
}

const KEEP = 500;

/** The catcher's memory. */
export interface MailStore {
  /** @param raw the mail as it came over SMTP  @param recipients the envelope's, which a Bcc shows only here */
  add(raw: Buffer, recipients: string[]): Promise<void>;
  /** Newest first. @param to only mails to this address, any case */
  list(to?: string): Promise<CaughtMail[]>;
  find(id: string): Promise<CaughtMail | null>;
  clear(): Promise<void>;
}

function linksIn(text: string, html: string): string[] {
  const fromHtml = [...html.matchAll(/href="(https?:[^"]+)"/gi)].map((match) =>
    (match[1] ?? '').replaceAll('&amp;', '&'),
  );
  const fromText = text.match(/https?:\/\/[^\s<>"')\]]+/g) ?? [];
  return [...new Set([...fromHtml, ...fromText])];
}

/**
 * @param dir directory for the mails; made when missing
 */
export async function openMailStore(dir: string): Promise<MailStore> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const parsed = new Map<string, CaughtMail>();
  // Names begin with the time, so their order is the order of arrival.
  const names = async () =>
    (await readdir(dir))
      .filter((name) => name.endsWith('.eml'))
      .sort()
      .reverse();

  const read = async (name: string): Promise<CaughtMail | null> => {
    const id = name.slice(0, -4);
    const cached = parsed.get(id);
    if (cached) return cached;
    const raw = await readFile(join(dir, name)).catch(() => null);
    if (!raw) return null;
    const mail = await PostalMime.parse(raw);
    const envelope = mail.headers.find((header) => header.key === 'x-envelope-to')?.value.split(', ') ?? [];
    const caught: CaughtMail = {
      id,
      receivedAt: new Date(Number(id.split('-')[0])).toISOString(),
      from: mail.from?.address ?? '',
      to: envelope,
      subject: mail.subject ?? '(no subject)',
      text: mail.text ?? '',
      html: mail.html ?? '',
      links: linksIn(mail.text ?? '', mail.html ?? ''),
    };
    parsed.set(id, caught);
    return caught;
  };

  return {
    async add(raw, recipients) {
      const id = `${Date.now()}-${randomBytes(4).toString('hex')}`;
      const head = Buffer.from(`X-Envelope-To: ${recipients.join(', ')}\r\n`);
      await writeFile(join(dir, `${id}.part`), Buffer.concat([head, raw]), { mode: 0o600 });
      await rename(join(dir, `${id}.part`), join(dir, `${id}.eml`));
      for (const old of (await names()).slice(KEEP)) {
        parsed.delete(old.slice(0, -4));
        await rm(join(dir, old), { force: true });
      }
    },
    async list(to) {
      const wanted = to?.trim().toLowerCase();
      const mails = await Promise.all((await names()).map(read));
      return mails.filter(
        (mail): mail is CaughtMail =>
          mail !== null && (!wanted || mail.to.some((address) => address.toLowerCase() === wanted)),
      );
    },
    find: async (id) => (/^\d+-[0-9a-f]{8}$/.test(id) ? read(`${id}.eml`) : null),
    async clear() {
      parsed.clear();
      for (const name of await names()) await rm(join(dir, name), { force: true });
    },
  };
}
