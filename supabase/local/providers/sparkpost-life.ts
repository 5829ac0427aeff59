/**
 * The demo's recipients: mails are delivered after seconds, some are opened, few clicked, one in forty bounces, one in
 * fifteen is answered, where the sender has a mailbox. What an address does is decided by the address alone, so that a
 * demo begun anew lives the same life.
 */
import { createHash, randomUUID } from 'node:crypto';
import { deliverToMailbox } from './gmail';
import type { SparkpostEvent, SparkpostStore, TakenMail } from './sparkpost-store';

const DELIVERED_AFTER_MS = 3_000;
const OPENED_AFTER_MS = 25_000;
const CLICKED_AFTER_MS = 45_000;
const ANSWERED_AFTER_MS = 90_000;
/** How often what has happened is posted, as SparkPost posts batches. */
const BATCH_EVERY_MS = 2_000;
const LARGEST_BATCH = 350;

/** Shares of all addresses, in the order they are drawn. */
const SHARES = { hardBounce: 0.015, softBounce: 0.01, unsubscribe: 0.005, click: 0.08, open: 0.4 };

/** Of those who open: how many answer, and how many are away and have a machine answer. */
const ANSWERS = 0.15;
const AWAY = 0.06;

const answers = [
  'Thanks for writing. We might sell in spring: what would you offer?',
  'Call me on Thursday afternoon, please. I would rather talk than write.',
  'Not at the moment, but keep us in mind for next year.',
  'Who gave you this address? My brother looks after that building, I have sent this on to him.',
  'Interesting. Can you send me something on what you have bought around here?',
];

/** @returns a number in [0, 1) that is always the same for the same text */
export function chance(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}

/** What an address does with a mail, with how long it takes. */
export function plannedEvents(
  address: string,
): { type: string; afterMs: number; more?: Record<string, unknown> }[] {
  const drawn = chance(address);
  const pace = 0.5 + chance(`pace ${address}`);
  const delivered = { type: 'delivery', afterMs: DELIVERED_AFTER_MS * pace };
  const opened = { type: 'initial_open', afterMs: OPENED_AFTER_MS * pace };
  let below = SHARES.hardBounce;
  if (drawn < below) {
    const more = { bounce_class: '10', error_code: '550', reason: '550 5.1.1 No such user here' };
    return [{ type: 'bounce', afterMs: DELIVERED_AFTER_MS * pace, more }];
  }
  below += SHARES.softBounce;
  if (drawn < below) {
    const more = { bounce_class: '22', error_code: '452', reason: '452 4.2.2 Mailbox full' };
    return [{ type: 'bounce', afterMs: DELIVERED_AFTER_MS * pace, more }];
  }
  below += SHARES.unsubscribe;
  if (drawn < below) return [delivered, { type: 'list_unsubscribe', afterMs: CLICKED_AFTER_MS * pace }];
  below += SHARES.click;
  if (drawn < below) return [delivered, opened, { type: 'click', afterMs: CLICKED_AFTER_MS * pace }];
  return drawn < below + SHARES.open ? [delivered, opened] : [delivered];
}

/**
 * People behind the addresses, for as long as the emulator runs.
 * @param options.post posts a batch to the app's webhook and answers its status
 */
export function livingRecipients(options: {
  store: SparkpostStore;
  post: (events: SparkpostEvent[], batchId?: string) => Promise<number>;
  log: (line: string) => void;
}) {
  const { store, post, log } = options;
  const letters: { atMs: number; write: () => void }[] = [];
  const planned: { atMs: number; make: () => SparkpostEvent }[] = [];
  let waiting: SparkpostEvent[] = [];
  let isPosting = false;

  const flush = async (): Promise<void> => {
    if (isPosting) return;
    isPosting = true;
    try {
      const now = Date.now();
      const due = planned.filter(({ atMs }) => atMs <= now);
      if (due.length > 0) {
        const later = planned.filter(({ atMs }) => atMs > now);
        planned.splice(0, planned.length, ...later);
        const events = due.map(({ make }) => make());
        store.tell(events);
        waiting.push(...events);
      }
      while (waiting.length > 0) {
        const batch = waiting.slice(0, LARGEST_BATCH);
        // the app may still be starting, or be restarted: it is sent again, as SparkPost does for eight hours
        const status = await post(batch).catch(() => 0);
        if (status !== 200) break;
        waiting = waiting.slice(batch.length);
      }
    } finally {
      isPosting = false;
    }
  };
  const deliverLetters = () => {
    const now = Date.now();
    const due = letters.filter(({ atMs }) => atMs <= now);
    if (due.length === 0) return;
    letters.splice(0, letters.length, ...letters.filter(({ atMs }) => atMs > now));
    for (const { write } of due) write();
  };
  const timer = setInterval(() => {
    deliverLetters();
    flush().catch((error: unknown) => log(`sparkpost: ${String(error)}`));
  }, BATCH_EVERY_MS);
  timer.unref();

  return {
    /** A mail has reached somebody. */
    received(mail: TakenMail): void {
      for (const { type, afterMs, more } of plannedEvents(mail.to)) {
        planned.push({ atMs: mail.atMs + afterMs, make: () => store.event(mail, type, more) });
      }
      const letter = letterOf(store, mail);
      if (letter) {
        const pace = 0.5 + chance(`answer ${mail.to}`);
        letters.push({
          atMs: mail.atMs + ANSWERED_AFTER_MS * pace,
          write: () => deliverToMailbox(letter.to, letter.raw),
        });
      }
    },
    stop(): void {
      clearInterval(timer);
    },
  };
}

/** What somebody answers to a mail, or has a machine answer; null where they don't, or nobody would read it. */
function letterOf(store: SparkpostStore, mail: TakenMail): { to: string; raw: string } | null {
  if (!plannedEvents(mail.to).some(({ type }) => type === 'initial_open')) return null;
  const drawn = chance(`letter ${mail.to}`);
  if (drawn >= ANSWERS + AWAY) return null;
  const [shown] = store.shown({ sendId: mail.sendId, limit: 1 });
  if (!shown?.reply_to) return null;
  const isAway = drawn >= ANSWERS;
  const said = answers[Math.floor(chance(`words ${mail.to}`) * answers.length)] ?? '';
  const body = isAway ? 'I am out of the office until Monday and will answer then.' : said;
  const quoted = shown.text.split(/\r?\n/).map((line) => `> ${line}`);
  const messageId = shown.headers['Message-ID'] ?? '';
  const subject = shown.subject.replace(/[^\x20-\x7e]/g, '');
  const raw = [
    `Date: ${new Date().toUTCString()}`,
    `From: ${mail.to}`,
    `To: ${shown.reply_to}`,
    `Subject: ${isAway ? 'Automatic reply' : 'Re'}: ${subject.replace(/^Re: /, '')}`,
    `Message-ID: <${randomUUID()}@${mail.to.split('@')[1]}>`,
    `In-Reply-To: ${messageId}`,
    `References: ${messageId}`,
    ...(isAway ? ['Auto-Submitted: auto-replied'] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    body,
    '',
    ...(isAway ? [] : quoted),
    '',
  ].join('\r\n');
  return { to: shown.reply_to, raw };
}
