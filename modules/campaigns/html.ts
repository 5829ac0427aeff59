import { compile } from 'html-to-text';
import sanitize from 'sanitize-html';

/**
 * What a mail may hold. No script, no form, no frame, no style sheet, no handler; links by http, mailto and tel alone.
 * @see https://www.caniemail.com for what mail programs show
 */
const allowed: sanitize.IOptions = {
  allowedTags: [
    ...[
      'p',
      'br',
      'div',
      'span',
      'a',
      'b',
      'strong',
      'i',
      'em',
      'u',
      's',
      'h1',
      'h2',
      'h3',
      'h4',
      'ul',
      'ol',
      'li',
    ],
    ...[
      'blockquote',
      'hr',
      'img',
      'table',
      'thead',
      'tbody',
      'tfoot',
      'tr',
      'td',
      'th',
      'code',
      'pre',
      'sub',
      'sup',
      'center',
    ],
  ],
  allowedAttributes: {
    '*': ['style', 'align', 'dir', 'lang', 'title'],
    a: ['href', 'name', 'target', 'rel'],
    img: ['src', 'alt', 'width', 'height'],
    table: ['width', 'cellpadding', 'cellspacing', 'border', 'bgcolor'],
    td: ['width', 'height', 'colspan', 'rowspan', 'valign', 'bgcolor'],
    th: ['width', 'height', 'colspan', 'rowspan', 'valign', 'bgcolor'],
    ol: ['start', 'type'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['http', 'https'] },
  allowProtocolRelative: false,
  allowedStyles: {
    '*': Object.fromEntries(
      [
        ...[
          'color',
          'background-color',
          'font-size',
          'font-weight',
          'font-style',
          'font-family',
          'text-align',
        ],
        ...[
          'text-decoration',
          'line-height',
          'width',
          'max-width',
          'height',
          'border',
          'border-radius',
          'vertical-align',
        ],
        ...['margin', 'margin-top', 'margin-bottom', 'margin-left', 'margin-right', 'display'],
        ...['padding', 'padding-top', 'padding-bottom', 'padding-left', 'padding-right', 'border-collapse'],
        // no url(), no expression(), no escapes
      ].map((property) => [property, [/^[\w\s#%.,'"-]+$/, /^rgba?\([\d\s.,%]+\)$/]]),
    ),
  },
  disallowedTagsMode: 'discard',
};

/** A tag of the template language: `{{ … }}` or `{% … %}`. */
const liquidTag = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;
const entities: Record<string, string> = {
  '&quot;': '"',
  '&#34;': '"',
  '&#39;': "'",
  '&apos;': "'",
  '&lt;': '<',
  '&gt;': '>',
  '&nbsp;': ' ',
  '&amp;': '&',
};
const decode = (text: string) =>
  text.replace(/&(?:quot|#34|#39|apos|lt|gt|nbsp|amp);/g, (entity) => entities[entity] as string);

/**
 * HTML that is safe to keep and to show, whoever wrote it. Merge fields pass as they are, with the entities that editors
 * make of their quotes and signs turned back; what they yield is escaped, and the whole is made safe again, on rendering.
 */
export function sanitizeTemplate(html: string): string {
  const tags: string[] = [];
  // a word that can't be in the text already stands for each tag: the sanitiser would change a `>` inside one
  let mark = 'merge0field';
  while (html.includes(mark)) mark += 'x';
  const marked = html.replace(liquidTag, (tag) => `${mark}${tags.push(decode(tag)) - 1}end`);
  return sanitizeHtml(marked).replace(
    new RegExp(`${mark}(\\d+)end`, 'g'),
    (_, index: string) => tags[Number(index)] ?? '',
  );
}

/** HTML that is safe to send and to show in a frame without scripts. */
export function sanitizeHtml(html: string): string {
  return sanitize(html, allowed);
}

const toText = compile({
  wordwrap: false,
  selectors: [
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, noAnchorUrl: true } },
    { selector: 'img', format: 'skip' },
    ...['h1', 'h2', 'h3', 'h4'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});

/** The plain part of an HTML mail (RFC 2046, 5.1.4: the same message for whoever shows no HTML). */
export function htmlToText(html: string): string {
  return toText(html).trim();
}

/** Text as it may stand in HTML. */
export const escapeHtml = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** Plain text as paragraphs: an empty line begins a new one. */
export function textToHtml(text: string): string {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${escapeHtml(paragraph.trim()).replaceAll('\n', '<br />')}</p>`)
    .join('\n');
}
