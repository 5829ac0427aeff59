/** What a mail that came in says of itself: whose answer it is, and whether a person wrote it. Pure; runs in the browser too. */

/** A header field as it was sent. */
export type Header = { name: string; value: string };

/** What is asked of the database about a message before its content is read. */
export type InboundSigns = {
  /** Address it is from, lower case; empty where it says none. */
  sender: string;
  senderName: string;
  /** Thread tokens of ours, from plus tags and message ids. */
  tokens: string[];
  /** Message ids that it answers. */
  messageIds: string[];
};

/** Which of our mails a message answers, as `match_inbound` says. */
export type InboundMatch = {
  id: string;
  matched_by: 'token' | 'header' | 'sender' | 'person';
  email_queue_id: string;
  subject: string;
  recipient_id: string | null;
  campaign_id: string | null;
  person_id: string | null;
};

export type InboundKind = 'reply' | 'possible' | 'auto_reply' | 'delivery_failure' | 'dismissed';

/** What a mail is, by its head alone: written by a machine in somebody's absence, by a mail server, to many, or none of these. */
export type Nature = 'auto_reply' | 'delivery_failure' | 'bulk' | 'personal';

const idsAtMost = 50;

/** The values of the fields of a name, in their order. */
export const fieldsOf = (headers: readonly Header[], name: string): string[] =>
  headers.filter((header) => header.name.toLowerCase() === name.toLowerCase()).map(({ value }) => value);

const fieldOf = (headers: readonly Header[], name: string): string => fieldsOf(headers, name)[0] ?? '';

/** `Iris Lane <iris@mail.example>` → name and address, the address in lower case. */
export function parseFrom(value: string): { name: string; address: string } {
  // no pattern: over a field of nothing but spaces, one that looks for both would go on for hours
  const opens = value.lastIndexOf('<');
  const closes = value.indexOf('>', opens);
  const isAngled = opens >= 0 && closes > opens;
  const address = (isAngled ? value.slice(opens + 1, closes) : value).trim().toLowerCase();
  const name = isAngled ? value.slice(0, opens).trim() : '';
  const isAddress = /^[^\s@<>]+@[^\s@<>]+$/.test(address);
  return { name: name.replace(/^"(.*)"$/, '$1').trim(), address: isAddress ? address : '' };
}

/** The Message-ID of a mail of ours as Gmail kept it, or null where it is none that can be answered by. */
export function messageIdOf(headers: readonly Header[]): string | null {
  const id = fieldOf(headers, 'Message-ID').trim();
  return id.length <= 300 && /^<[^<>\s]+@[^<>\s]+>$/.test(id) ? id : null;
}

/** The token of our message ids, `<token.queue id@domain>`. */
const idToken = /^<([0-9a-f]{32})\.[0-9a-f]{12}@/i;
/** The token of our reply addresses, `dana+token@agency.example`. */
const tagToken = /\+([0-9a-f]{32})@/gi;

const unique = (values: string[]) => [...new Set(values)];

/**
 * Reads from a message's head what it may be an answer to.
 * @param headers of the message, or of the mail that a delivery failure gives back
 */
export function signsOf(headers: readonly Header[]): InboundSigns {
  const from = parseFrom(fieldOf(headers, 'From'));
  const messageIds = unique(
    ['In-Reply-To', 'References'].flatMap((name) =>
      fieldsOf(headers, name).flatMap((value) => value.match(/<[^<>\s]+>/g) ?? []),
    ),
  ).slice(-idsAtMost);
  const addressed = ['To', 'Cc', 'Delivered-To', 'X-Original-To'].flatMap((name) => fieldsOf(headers, name));
  const tokens = unique([
    ...addressed.flatMap((value) =>
      [...value.matchAll(tagToken)].map(([, token = '']) => token.toLowerCase()),
    ),
    ...messageIds.flatMap((id) => idToken.exec(id)?.[1]?.toLowerCase() ?? []),
  ]);
  return { sender: from.address, senderName: from.name, tokens, messageIds };
}

/**
 * The same for the mail of ours that a delivery failure gives back: there, its own Message-ID and Reply-To are ours.
 */
export function signsOfReturned(headers: readonly Header[]): Pick<InboundSigns, 'tokens' | 'messageIds'> {
  const own = fieldsOf(headers, 'Message-ID').flatMap((value) => value.match(/<[^<>\s]+>/g) ?? []);
  const said = fieldsOf(headers, 'X-Freehold-Thread').filter((value) => /^[0-9a-f]{32}$/i.test(value.trim()));
  const tagged = fieldsOf(headers, 'Reply-To').flatMap((value) =>
    [...value.matchAll(tagToken)].map(([, token = '']) => token),
  );
  return {
    messageIds: own,
    tokens: unique([
      ...own.flatMap((id) => idToken.exec(id)?.[1] ?? []),
      ...said.map((value) => value.trim()),
      ...tagged,
    ]).map((token) => token.toLowerCase()),
  };
}

/** How programs that answer in somebody's absence begin a subject, in the languages of the largest mail systems. */
const absences =
  /^\s*(?:(?:automatic|auto|automated)[ -]?(?:reply|response|answer)\b|autoreply\b|out of (?:the )?office(?:\s*(?:[:\-–—|([]|reply|message|notification|until|from|re:)|\s*$)|ooo\b\s*[:\-–—]|vacation (?:reply|response|message)\b|away from (?:the|my) (?:office|desk)\b|abwesenheits?(?:notiz|benachrichtigung|meldung)\b|automatische antwort\b|réponse automatique\b|absence du bureau\b|respuesta automática\b|fuera de la oficina\b|risposta automatica\b|resposta automática\b|automatisch antwoord\b|autosvar\b)/i;
const failures =
  /^\s*(?:undeliver(?:able|ed)\b|delivery (?:status notification|failure|has failed)|mail delivery (?:failed|subsystem|failure)|returned mail\b|failure notice\b|message not delivered\b|delivery incomplete\b)/i;
const mailServers = /^(?:mailer-daemon|postmaster|mail-daemon|mailerdaemon)(?:@|$)/i;

/**
 * Tells by a message's head whether a person wrote it.
 *
 * RFC 3834 5: whatever answers by itself says `Auto-Submitted` other than `no`; older programs say it in other ways.
 * RFC 3464: a report of delivery is `multipart/report; report-type=delivery-status`.
 */
export function natureOf(headers: readonly Header[]): Nature {
  const sender = parseFrom(fieldOf(headers, 'From')).address;
  const subject = fieldOf(headers, 'Subject');
  const type = fieldOf(headers, 'Content-Type').toLowerCase();
  const isReport = /^multipart\/report\b/.test(type.trim());
  if (isReport && /report-type\s*=\s*"?delivery-status/.test(type)) return 'delivery_failure';
  if (fieldOf(headers, 'X-Failed-Recipients') !== '') return 'delivery_failure';
  if (mailServers.test(sender))
    return failures.test(subject) || !absences.test(subject) ? 'delivery_failure' : 'auto_reply';
  if (/^\s*<\s*>\s*$/.test(fieldOf(headers, 'Return-Path')) && failures.test(subject))
    return 'delivery_failure';
  // a receipt, or a complaint that a provider passes on
  if (isReport) return 'auto_reply';
  const submitted = fieldOf(headers, 'Auto-Submitted').split(/[;(]/)[0]?.trim().toLowerCase() ?? '';
  if (submitted !== '' && submitted !== 'no') return 'auto_reply';
  if (
    ['X-Autoreply', 'X-Autorespond', 'X-Autoresponder'].some(
      (name) => !/^(|no|false)$/i.test(fieldOf(headers, name).trim()),
    )
  ) {
    return 'auto_reply';
  }
  const precedence = fieldOf(headers, 'Precedence').trim().toLowerCase();
  if (/^auto[_-]?reply$/.test(precedence)) return 'auto_reply';
  if (absences.test(subject)) return 'auto_reply';
  const isBulk =
    ['bulk', 'junk', 'list'].includes(precedence) ||
    fieldOf(headers, 'List-Id') !== '' ||
    fieldOf(headers, 'List-Unsubscribe') !== '';
  return isBulk ? 'bulk' : 'personal';
}

/** `Re:` and `Fwd:` as mail programs of several languages write them. */
const answers = /^\s*(?:(?:re|aw|antw|sv|vs|ref|rif|r|odp|yn)(?:\[\d+\])?\s*:\s*)+/i;

/** A subject without the marks of an answer, for comparing. */
export const bareSubject = (subject: string) =>
  subject.replace(answers, '').replace(/\s+/g, ' ').trim().toLowerCase();

/** The subject of an answer: `Re: ` once. */
export const replySubject = (subject: string) =>
  `Re: ${subject.replace(answers, '').trim()}`.slice(0, 500).trim();

/**
 * What a message is to us. By a token or a header it is a reply, unless it calls itself bulk mail; by the address that we
 * wrote to only where its subject answers ours; everything else merely looks like one, and a person decides.
 * @returns null where it is none of our business: a newsletter of somebody we wrote to
 */
export function kindOf(
  match: Pick<InboundMatch, 'matched_by' | 'subject'>,
  nature: Nature,
  subject: string,
): InboundKind | null {
  if (nature === 'delivery_failure' || nature === 'auto_reply') return nature;
  // bulk mail that answers ours: somebody on a list, or a vacation program from before RFC 3834. It is shown, not guessed
  if (match.matched_by === 'token' || match.matched_by === 'header')
    return nature === 'bulk' ? 'possible' : 'reply';
  if (nature === 'bulk') return null;
  const isAnswer =
    answers.test(subject) &&
    bareSubject(subject) !== '' &&
    bareSubject(subject) === bareSubject(match.subject);
  return match.matched_by === 'sender' && isAnswer ? 'reply' : 'possible';
}

/** What a mail server says of a mail it could not deliver. */
export type DeliveryFailure = { kind: 'hard' | 'soft' | 'delayed'; address: string | null; said: string };

/** Failures of the address itself; a full mailbox, a policy or a fault of the system may pass (RFC 3463). */
const isHard = (status: string) => /^5\.(?:0\.0|1\.\d+|2\.1|4\.[14])$/.test(status);

/**
 * Reads the part of a report that machines read (RFC 3464 2): blocks of fields, the first about the message, one each
 * about a recipient.
 * @param report text of the part `message/delivery-status`
 * @returns null where nothing failed: a report that it was delivered or passed on
 */
export function failureOf(report: string): DeliveryFailure | null {
  const blocks = report
    .replace(/\r\n/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n\s*\n/);
  for (const block of blocks) {
    const field = (name: string) => new RegExp(`^${name}\\s*:\\s*(.*)$`, 'im').exec(block)?.[1]?.trim() ?? '';
    const action = field('Action').toLowerCase();
    if (action !== 'failed' && action !== 'delayed') continue;
    const recipient = field('Original-Recipient') || field('Final-Recipient');
    const address = parseFrom(recipient.slice(recipient.indexOf(';') + 1)).address || null;
    const status = /\d\.\d+\.\d+/.exec(field('Status'))?.[0] ?? '';
    const said = [status, field('Diagnostic-Code').replace(/^[^;]*;\s*/, '')]
      .filter(Boolean)
      .join(' ')
      .slice(0, 500);
    return { kind: action === 'delayed' ? 'delayed' : isHard(status) ? 'hard' : 'soft', address, said };
  }
  return null;
}

/** Where the text of earlier mails begins: "On … wrote:", a quoted line, the head that Outlook puts above it. */
const quoteBegins = [
  /^On .{5,200}wrote:\s*$/,
  /^Am .{5,200}schrieb.*:\s*$/,
  /^Le .{5,200}a écrit\s*:\s*$/,
  /^El .{5,200}escribió:\s*$/,
  /^-{2,}\s*(?:Original Message|Ursprüngliche Nachricht|Forwarded message)\s*-{2,}/i,
  /^_{10,}\s*$/,
  /^>/,
];

/** Parts a mail's text into what was written and what it quotes, which screens fold. */
export function splitQuoted(text: string): { written: string; quoted: string } {
  const lines = text.replace(/\r\n/g, '\n').split('\n');
  let at = lines.findIndex((line, index) => {
    if (quoteBegins.some((begin) => begin.test(line))) return true;
    // Gmail wraps its line before the address
    const two = `${line} ${lines[index + 1] ?? ''}`;
    return /^On /.test(line) && quoteBegins[0]?.test(two.trim()) === true;
  });
  if (at <= 0) at = lines.length;
  return { written: lines.slice(0, at).join('\n').trim(), quoted: lines.slice(at).join('\n').trim() };
}

/** In words, for lists and badges. */
export const inboundKindWords: Record<InboundKind, string> = {
  reply: 'Reply',
  possible: 'Possible reply',
  auto_reply: 'Automatic answer',
  delivery_failure: 'Not delivered',
  dismissed: 'Dismissed',
};

/** Why we think a mail answers one of ours. */
export const matchWords: Record<InboundMatch['matched_by'], string> = {
  token: 'It came to the address of this thread.',
  header: 'It answers a mail of ours.',
  sender: 'It comes from an address we wrote to.',
  person: 'It comes from another address of somebody we wrote to.',
};

/** The lists of what came in, and what they are called. */
export const inboundLists = {
  replies: 'Replies',
  possible: 'Possible replies',
  other: 'Not replies',
} as const;
export type InboundList = keyof typeof inboundLists;

/** Which list an address asks for. */
export const shownOf = (value: unknown): InboundList =>
  typeof value === 'string' && Object.hasOwn(inboundLists, value) ? (value as InboundList) : 'replies';
