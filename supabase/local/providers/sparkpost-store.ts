/** What the SparkPost emulator has taken and told: transmissions and the events of their mails. */

/** The body of `POST /api/v1/transmissions`, as far as it is looked at. */
export interface Transmission {
  metadata?: Record<string, unknown>;
  recipients?: { address?: { email?: string } | string; metadata?: Record<string, unknown> }[];
  content?: {
    from?: { name?: string; email?: string } | string;
    reply_to?: string;
    subject?: string;
    text?: string;
    html?: string;
    headers?: Record<string, string>;
  };
  options?: Record<string, unknown>;
}

/** A mail that was taken, small enough to keep a hundred thousand of. */
export interface TakenMail {
  transmissionId: string;
  sendId: string;
  workspaceId: string;
  to: string;
  from: string;
  atMs: number;
}

/** A mail as its recipient would see it. */
export interface ShownMail {
  transmission_id: string;
  send_id: string;
  at: string;
  to: string;
  from: { name: string; email: string };
  reply_to: string | null;
  subject: string;
  text: string;
  html: string | null;
  headers: Record<string, string>;
}

/** An event as webhooks and the events search give it, without its wrapper. */
export type SparkpostEvent = { type: string; event_id: string; timestamp: string } & Record<string, unknown>;

/** How many mails are kept whole. */
const KEPT_WHOLE = 5000;

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/** What the template language makes of a text that has no data: the macros for braces, and nothing for the rest. */
function render(template: string): string {
  return template
    .replace(/\[\[data-msys-[^\]]*\]\]/g, '')
    .replace(/ data-msys-clicktrack="0"/g, '')
    .replace(/\{\{\{?\s*(?:(opening|closing)_(double|triple)_curly\(\))?[^{}]*\}\}\}?/g, (_, side, size) => {
      if (!side) return '';
      return (side === 'opening' ? '{' : '}').repeat(size === 'triple' ? 3 : 2);
    });
}

/** Everything one emulator has seen. */
export class SparkpostStore {
  readonly mails: TakenMail[] = [];
  private whole = new Map<string, Transmission>();
  private timesSent = new Map<string, number>();
  private told: SparkpostEvent[] = [];
  private lastId = BigInt(Date.now()) * 1_000_000n;
  /** Requests that asked for a mail, taken or not. */
  attempts = 0;

  /** An id as SparkPost's are: a long number, and never the same twice, even after a restart. */
  nextId(): string {
    this.lastId += 1n;
    return String(this.lastId);
  }

  /** Takes a mail. @returns it with its transmission's id */
  take(body: Transmission): TakenMail {
    const [recipient] = body.recipients ?? [];
    const address = recipient?.address;
    const from = body.content?.from;
    const metadata = { ...body.metadata, ...recipient?.metadata };
    const mail: TakenMail = {
      transmissionId: this.nextId(),
      sendId: textOf(metadata.send_id),
      workspaceId: textOf(metadata.workspace_id),
      to: textOf(typeof address === 'string' ? address : address?.email),
      from: textOf(typeof from === 'string' ? from : from?.email),
      atMs: Date.now(),
    };
    this.mails.push(mail);
    this.timesSent.set(mail.sendId, (this.timesSent.get(mail.sendId) ?? 0) + 1);
    this.whole.set(mail.transmissionId, body);
    if (this.whole.size > KEPT_WHOLE) {
      const [oldest] = this.whole.keys();
      if (oldest) this.whole.delete(oldest);
    }
    return mail;
  }

  /** The newest mails that match, as their recipients would see them. */
  shown(filter: { to?: string; sendId?: string; limit: number }): ShownMail[] {
    const found: ShownMail[] = [];
    for (let at = this.mails.length - 1; at >= 0 && found.length < filter.limit; at -= 1) {
      const mail = this.mails[at];
      if (!mail || (filter.to && mail.to !== filter.to) || (filter.sendId && mail.sendId !== filter.sendId))
        continue;
      const content = this.whole.get(mail.transmissionId)?.content;
      if (!content) continue;
      const from = typeof content.from === 'string' ? { email: content.from } : (content.from ?? {});
      found.push({
        transmission_id: mail.transmissionId,
        send_id: mail.sendId,
        at: new Date(mail.atMs).toISOString(),
        to: mail.to,
        from: { name: render(from.name ?? ''), email: from.email ?? '' },
        reply_to: content.reply_to ?? null,
        subject: render(content.subject ?? ''),
        text: render(content.text ?? ''),
        html: content.html === undefined ? null : render(content.html),
        headers: content.headers ?? {},
      });
    }
    return found;
  }

  /** How much was taken, and what was taken more than once. */
  stats() {
    const twice = [...this.timesSent].filter(([sendId, times]) => sendId !== '' && times > 1);
    return {
      attempts: this.attempts,
      accepted: this.mails.length,
      distinct: this.timesSent.size,
      duplicates: twice.map(([sendId]) => sendId).slice(0, 100),
    };
  }

  /** An event of a mail, as webhooks and the search tell it. */
  event(mail: TakenMail, type: string, more: Record<string, unknown> = {}): SparkpostEvent {
    return {
      type,
      event_id: this.nextId(),
      timestamp: new Date().toISOString(),
      message_id: mail.transmissionId,
      transmission_id: mail.transmissionId,
      rcpt_to: mail.to,
      raw_rcpt_to: mail.to,
      friendly_from: mail.from,
      rcpt_meta: { send_id: mail.sendId, workspace_id: mail.workspaceId },
      ...more,
    };
  }

  /** Keeps events for the search. */
  tell(events: SparkpostEvent[]): void {
    this.told.push(...events);
  }

  /**
   * The events search: each mail's injection, and what was told of it since.
   * @param filter as the query says it; empty sets match all
   */
  search(filter: {
    types: Set<string>;
    recipients: Set<string>;
    transmissions: Set<string>;
    fromMs: number;
    toMs: number;
  }) {
    const fits = (set: Set<string>, value: unknown) => set.size === 0 || set.has(String(value));
    const inTime = (ms: number) => ms >= filter.fromMs && ms <= filter.toMs;
    const injections = !fits(filter.types, 'injection')
      ? []
      : this.mails
          .filter(
            (mail) =>
              fits(filter.recipients, mail.to) &&
              fits(filter.transmissions, mail.transmissionId) &&
              inTime(mail.atMs),
          )
          .map((mail) => ({
            ...this.event(mail, 'injection'),
            event_id: `${mail.transmissionId}0`,
            timestamp: new Date(mail.atMs).toISOString(),
          }));
    const told = this.told.filter(
      (event) =>
        fits(filter.types, event.type) &&
        fits(filter.recipients, event.rcpt_to) &&
        fits(filter.transmissions, event.transmission_id) &&
        inTime(Date.parse(event.timestamp)),
    );
    return [...injections, ...told];
  }

  /** Forgets everything. */
  clear(): void {
    this.mails.length = 0;
    this.told = [];
    this.whole.clear();
    this.timesSent.clear();
    this.attempts = 0;
  }
}
