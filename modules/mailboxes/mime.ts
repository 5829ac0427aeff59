import 'server-only';
import { convert } from 'html-to-text';
import PostalMime from 'postal-mime';
import sanitize from 'sanitize-html';
import { type DeliveryFailure, failureOf, type Header } from './domain';

const textAtMost = 100_000;
const htmlAtMost = 300_000;
const attachmentsAtMost = 50;
const fileNameAtMost = 200;

/** A message, read whole. `failure` and `returned` are those of a report of delivery. */
export type ParsedMail = {
  text: string;
  html: string | null;
  /** Names of the files that came along; those are not kept. */
  attachments: string[];
  failure: DeliveryFailure | null;
  /** The head of the mail of ours that was given back. */
  returned: Header[];
};

/** A text that Postgres can keep: no NUL, no half of a character; cut at so many characters. */
export const storable = (text: string, atMost: number) =>
  text
    .slice(0, atMost)
    .replaceAll('\u0000', '')
    .replace(/\p{Surrogate}/gu, '\ufffd');

/**
 * Somebody else's HTML, for a frame without scripts: no scripts, no forms, no frames, and nothing that is fetched from
 * elsewhere, since a picture would tell its sender who read the mail and when.
 */
export function safeMailHtml(html: string): string {
  return sanitize(html, {
    allowedTags: [...sanitize.defaults.allowedTags, 'center', 'font', 'u', 'strike'],
    allowedAttributes: {
      a: ['href'],
      td: ['colspan', 'rowspan', 'align', 'valign'],
      th: ['colspan', 'rowspan', 'align'],
      ol: ['start'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    nestingLimit: 100,
  });
}

/** The fields of a head that stands in a part of its own. */
function headersIn(text: string): Header[] {
  const head = text.replace(/\r\n/g, '\n').trimStart().split(/\n\n/, 1)[0] ?? '';
  return head
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
    .filter((line) => line.includes(':'))
    .map((line) => ({
      name: line.slice(0, line.indexOf(':')).trim(),
      value: line.slice(line.indexOf(':') + 1).trim(),
    }));
}

/**
 * Reads a message of any kind; what nests too deep or can't be read makes it throw.
 * @param raw the whole message (RFC 5322)
 */
export async function parseMail(raw: Uint8Array): Promise<ParsedMail> {
  const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true, maxNestingDepth: 50 });
  const partOf = (...types: string[]) => {
    const part = mail.attachments.find(({ mimeType }) => types.includes(mimeType));
    if (!part) return '';
    return typeof part.content === 'string' ? part.content : new TextDecoder().decode(part.content);
  };
  const html = mail.html ? storable(safeMailHtml(mail.html), htmlAtMost) : null;
  const text =
    mail.text?.trim() || (mail.html ? convert(mail.html.slice(0, htmlAtMost), { wordwrap: false }) : '');
  // what the text shows in itself is no file to look for
  const attachments = mail.attachments
    .filter(({ filename, related }) => filename && !related)
    .slice(0, attachmentsAtMost)
    .map(({ filename }) => storable(filename ?? '', fileNameAtMost));
  const report = partOf('message/delivery-status');
  return {
    text: storable(text, textAtMost),
    html,
    attachments,
    failure: report ? failureOf(report) : null,
    returned: headersIn(partOf('text/rfc822-headers', 'message/rfc822')),
  };
}
