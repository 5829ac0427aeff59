/** The mailboxes of the Gmail emulator: messages, threads, history and permissions, kept in one file. */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** A message as it is kept; `raw` is RFC 5322 text in base64. */
export type StoredMessage = {
  id: string;
  threadId: string;
  labels: string[];
  receivedAt: number;
  historyId: number;
  raw: string;
};

type StoredMailbox = {
  messages: StoredMessage[];
  historyId: number;
  /** Changes before this one are forgotten: asked for, they answer 404. */
  oldestHistoryId: number;
};

/** A consent that was given and not exchanged yet. */
type Code = {
  address: string;
  redirectUri: string;
  clientId: string;
  challenge: string | null;
  scope: string;
  expiresAt: number;
};
type Grant = { address: string; scope: string; isRevoked: boolean };
type Access = { refreshToken: string; expiresAt: number };

type State = {
  mailboxes: Record<string, StoredMailbox>;
  grants: Record<string, Grant>;
  access: Record<string, Access>;
};

const accessSeconds = 3599;
const codeSeconds = 600;
const token = (prefix: string) => `${prefix}${randomBytes(24).toString('base64url')}`;
const messageId = () => randomBytes(8).toString('hex');

/** Address without its tag, in lower case: where Gmail delivers `dana+k7f2@agency.example`. */
export const baseAddress = (address: string) =>
  address
    .trim()
    .toLowerCase()
    .replace(/\+[^@]*@/, '@');

/** The fields of a message's head, unfolded (RFC 5322 2.2.3). */
export function headerFields(raw: string): { name: string; value: string }[] {
  const head = raw.split(/\r?\n\r?\n/, 1)[0] ?? '';
  return head
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .map((line) => ({
      name: line.slice(0, line.indexOf(':')).trim(),
      value: line.slice(line.indexOf(':') + 1).trim(),
    }))
    .filter(({ name }) => name !== '');
}

/** A message's bytes as text that can be cut and searched: one character a byte. */
export const textOf = (message: StoredMessage) => Buffer.from(message.raw, 'base64').toString('latin1');

const idsIn = (raw: string, name: string) =>
  headerFields(raw)
    .filter((field) => field.name.toLowerCase() === name)
    .flatMap(({ value }) => value.match(/<[^<>\s]+>/g) ?? []);

/** Mailboxes and tokens of one emulator. */
export class GmailStore {
  private readonly state: State;
  private readonly codes = new Map<string, Code>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly file: string) {
    this.state = this.load();
  }

  private load(): State {
    try {
      return JSON.parse(readFileSync(this.file, 'utf8')) as State;
    } catch {
      return { mailboxes: {}, grants: {}, access: {} };
    }
  }

  /** Writes it aside and renames it: a kill in between leaves the last whole one. */
  flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    writeFileSync(`${this.file}.new`, JSON.stringify(this.state), { mode: 0o600 });
    renameSync(`${this.file}.new`, this.file);
  }

  private changed(): void {
    this.timer ??= setTimeout(() => this.flush(), 250).unref();
  }

  /** Whether a mail to this address is delivered here. */
  has(address: string): boolean {
    return Object.hasOwn(this.state.mailboxes, baseAddress(address));
  }

  mailbox(address: string): StoredMailbox {
    const base = baseAddress(address);
    let found = this.state.mailboxes[base];
    if (!found) {
      found = { messages: [], historyId: 1000, oldestHistoryId: 1000 };
      this.state.mailboxes[base] = found;
      this.changed();
    }
    return found;
  }

  /**
   * Puts a message into a mailbox, into the thread that its References name there or into a new one.
   * @param raw RFC 5322, one character a byte
   */
  add(
    address: string,
    raw: string,
    options: { labels?: string[]; threadId?: string | null; receivedAt?: number } = {},
  ) {
    const mailbox = this.mailbox(address);
    const answered = [...idsIn(raw, 'in-reply-to'), ...idsIn(raw, 'references')];
    const parent = mailbox.messages.find((each) =>
      [...idsIn(textOf(each), 'message-id'), ...idsIn(textOf(each), 'x-google-original-message-id')].some(
        (id) => answered.includes(id),
      ),
    );
    const id = messageId();
    mailbox.historyId += 1;
    const message: StoredMessage = {
      id,
      threadId: options.threadId ?? parent?.threadId ?? id,
      labels: options.labels ?? ['INBOX', 'UNREAD'],
      receivedAt: options.receivedAt ?? Date.now(),
      historyId: mailbox.historyId,
      raw: Buffer.from(raw, 'latin1').toString('base64'),
    };
    mailbox.messages.push(message);
    this.changed();
    return message;
  }

  /** Forgets the changes so far: whoever goes on from before gets a 404. */
  expireHistory(address: string): void {
    const mailbox = this.mailbox(address);
    mailbox.historyId += 1;
    mailbox.oldestHistoryId = mailbox.historyId;
    this.changed();
  }

  /** Keeps a consent. @returns its code */
  authorize(code: Omit<Code, 'expiresAt'>): string {
    this.mailbox(code.address);
    const made = token('4/');
    this.codes.set(made, { ...code, expiresAt: Date.now() + codeSeconds * 1000 });
    return made;
  }

  /** Exchanges a code, once. @returns null where it or its verifier or its redirect is wrong */
  exchange(code: string, asked: { clientId: string; redirectUri: string; verifier: string | null }) {
    const kept = this.codes.get(code);
    this.codes.delete(code);
    if (!kept || kept.expiresAt < Date.now()) return null;
    if (kept.clientId !== asked.clientId || kept.redirectUri !== asked.redirectUri) return null;
    if (kept.challenge !== null) {
      const challenge = createHash('sha256')
        .update(asked.verifier ?? '')
        .digest('base64url');
      if (challenge !== kept.challenge) return null;
    }
    const refreshToken = this.grant(kept.address, kept.scope);
    return { refresh_token: refreshToken, ...this.refresh(refreshToken), scope: kept.scope };
  }

  /** A lasting permission, as if the person had just given it. */
  grant(address: string, scope: string): string {
    this.mailbox(address);
    const refreshToken = token('1//');
    this.state.grants[refreshToken] = { address: baseAddress(address), scope, isRevoked: false };
    this.changed();
    return refreshToken;
  }

  /** A new access token, or null where the permission is gone. */
  refresh(refreshToken: string) {
    const grant = this.state.grants[refreshToken];
    if (!grant || grant.isRevoked) return null;
    const accessToken = token('ya29.');
    this.state.access[accessToken] = { refreshToken, expiresAt: Date.now() + accessSeconds * 1000 };
    this.changed();
    return { access_token: accessToken, expires_in: accessSeconds, token_type: 'Bearer', scope: grant.scope };
  }

  /** Takes a permission back, by either of its tokens. @returns whether it was one */
  revokeToken(given: string): boolean {
    const grant = this.state.grants[this.state.access[given]?.refreshToken ?? given];
    if (!grant || grant.isRevoked) return false;
    grant.isRevoked = true;
    this.changed();
    return true;
  }

  /** Takes all permissions of an account back, as its owner can. */
  revokeAccount(address: string): void {
    for (const grant of Object.values(this.state.grants)) {
      if (grant.address === baseAddress(address)) grant.isRevoked = true;
    }
    this.changed();
  }

  /** How many permissions of an account stand. */
  grantsOf(address: string): number {
    return Object.values(this.state.grants).filter(
      (each) => each.address === baseAddress(address) && !each.isRevoked,
    ).length;
  }

  /** Whose account an access token opens, and for what; null where it is none, or ran out. */
  opens(accessToken: string): { address: string; scope: string } | null {
    const access = this.state.access[accessToken];
    const grant = access && this.state.grants[access.refreshToken];
    if (!grant || grant.isRevoked || access.expiresAt < Date.now()) return null;
    return grant;
  }
}
