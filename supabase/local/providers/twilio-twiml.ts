/** Reads TwiML: as much XML as the documents that tell a call what to do are written in. */

/** A verb or noun: its name, attributes, text, and what stands within it. */
export interface Verb {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: Verb[];
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decode = (text: string) =>
  text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith('#x')) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    return entities[name] ?? whole;
  });

/**
 * The verbs of a document.
 * @throws {Error} where it isn't one `Response`, as Twilio's 12100 and 12200
 */
export function parseTwiml(document: string): Verb[] {
  const root: Verb = { name: '', attributes: {}, text: '', children: [] };
  const open = [root];
  const tokens = document
    .replace(/<\?.*?\?>|<!--.*?-->/gs, '')
    .matchAll(/<(\/?)([A-Za-z]\w*)([^>]*?)(\/?)>|([^<]+)/g);
  for (const [, closing, name, attributes, isEmpty, text] of tokens) {
    const current = open.at(-1);
    if (!current) throw new Error('12100 Document parse failure');
    if (text !== undefined) {
      current.text += decode(text);
    } else if (closing) {
      if (current.name !== name) throw new Error(`12100 Document parse failure: </${name}>`);
      open.pop();
    } else if (name) {
      const verb: Verb = { name, attributes: {}, text: '', children: [] };
      for (const [, key, value] of (attributes ?? '').matchAll(/([\w-]+)="([^"]*)"/g)) {
        if (key) verb.attributes[key] = decode(value ?? '');
      }
      current.children.push(verb);
      if (!isEmpty) open.push(verb);
    }
  }
  const [response] = root.children;
  if (open.length !== 1 || response?.name !== 'Response') throw new Error('12100 Document parse failure');
  return response.children;
}
