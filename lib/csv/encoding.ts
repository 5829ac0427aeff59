import chardet from 'chardet';
import iconv from 'iconv-lite';

/** An encoding by its IANA name in lower case, such as `utf-8`, `utf-16le`, `windows-1252`. */
export type Encoding = string;

/** Turns the bytes of one file into text, piece by piece; characters cut by a piece's edge are put together again. */
export type TextDecoding = {
  /** What the bytes seen so far are in. Plain ASCII is reported as `utf-8`. */
  encoding: () => Encoding;
  /** Whether a UTF-8 file held bytes that are not UTF-8; they were read as windows-1252. */
  mixed: () => boolean;
  write: (bytes: Uint8Array) => string;
  end: () => string;
};

/** How many bytes make the UTF-8 sequence at `at`: 0 where it is none, -1 where the bytes end before it does. */
function utf8Length(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  if (length === 0) return 0;
  // RFC 3629, section 4: the second byte's range shuts out overlong forms, surrogates and what lies beyond U+10FFFF.
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return -1;
    if (byte < (i === 1 ? low : 0x80) || byte > (i === 1 ? high : 0xbf)) return 0;
  }
  return length;
}

function firstNonAscii(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] ?? 0) >= 0x80) return i;
  return -1;
}

/** Whether the bytes are UTF-8; a sequence cut off at the end is allowed. */
function isUtf8(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; ) {
    const length = utf8Length(bytes, at);
    if (length === 0) return false;
    if (length === -1) return true;
    at += length;
  }
  return true;
}

/** UTF-16 without a byte order mark: Western text then has a zero in every other byte. */
function bareUtf16(bytes: Uint8Array): Encoding | null {
  const pairs = Math.floor(Math.min(bytes.length, 4096) / 2);
  if (pairs < 4) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < pairs; i++) {
    if (bytes[2 * i] === 0) even++;
    if (bytes[2 * i + 1] === 0) odd++;
  }
  if (odd / pairs > 0.7 && even / pairs < 0.1) return 'utf-16le';
  if (even / pairs > 0.7 && odd / pairs < 0.1) return 'utf-16be';
  return null;
}

/**
 * The single-byte or East Asian encoding of bytes that are neither ASCII nor UTF-8. Statistics on a short list are weak and lists in
 * English are nearly always windows-1252, so anything else must be clearly likelier. ISO-8859-1 is read as windows-1252, as
 * browsers do (WHATWG Encoding, section 4.2), since it differs only in control characters that no list holds.
 */
function guessLegacy(bytes: Uint8Array): Encoding {
  const matches = chardet.analyse(bytes).filter((m) => m.confidence > 0 && iconv.encodingExists(m.name));
  const western = matches.find((m) => m.name === 'windows-1252' || m.name === 'ISO-8859-1')?.confidence ?? 0;
  const best = matches[0];
  // ISO-8859-2 and -9 score on the very bytes of Western accents; only their Windows forms and other scripts are believed.
  const western8859 = /^(ISO-8859-(1|2|9|15)|windows-125[24]|ASCII|UTF-)/i;
  if (best && !western8859.test(best.name) && best.confidence >= western + 10) return best.name.toLowerCase();
  return 'windows-1252';
}

/**
 * The encoding that the first bytes of a file speak for.
 *
 * @param head the file's first bytes, at least a few kilobytes where there are so many
 * @returns the encoding and how many bytes its byte order mark takes; `encoding` null where the bytes are plain ASCII, which leaves
 *   the question open until the first other byte
 */
export function detectEncoding(head: Uint8Array): { encoding: Encoding | null; bomBytes: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bomBytes: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bomBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bomBytes: 2 };
  const utf16 = bareUtf16(head);
  if (utf16) return { encoding: utf16, bomBytes: 0 };
  if (firstNonAscii(head) === -1) return { encoding: null, bomBytes: 0 };
  return { encoding: isUtf8(head) ? 'utf-8' : guessLegacy(head), bomBytes: 0 };
}

/** Reads UTF-8 and, byte by byte, as windows-1252 what is not: lists pasted together from several exports hold both. */
function utf8OrWindows1252(onInvalid: () => void): {
  write: (bytes: Uint8Array) => string;
  end: () => string;
} {
  let carried = new Uint8Array(0);
  const decode = (bytes: Uint8Array, last: boolean): string => {
    let text = '';
    let from = 0;
    const flush = (to: number) => {
      if (to > from) text += Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
      from = to;
    };
    let at = 0;
    while (at < bytes.length) {
      const length = utf8Length(bytes, at);
      if (length > 0) {
        at += length;
        continue;
      }
      if (length === -1 && !last) break;
      flush(at);
      onInvalid();
      text += iconv.decode(Buffer.from([bytes[at] ?? 0]), 'windows-1252');
      from = ++at;
    }
    flush(at);
    carried = bytes.slice(at);
    return text;
  };
  const joined = (bytes: Uint8Array) => {
    if (carried.length === 0) return bytes;
    const whole = new Uint8Array(carried.length + bytes.length);
    whole.set(carried);
    whole.set(bytes, carried.length);
    return whole;
  };
  return {
    write: (bytes) => decode(joined(bytes), false),
    end: () => decode(joined(new Uint8Array(0)), true),
  };
}

/**
 * A decoder for one file. Where the head is plain ASCII the choice waits for the first piece that isn't.
 *
 * @param encoding what {@link detectEncoding} found, or null for "ASCII so far"
 * @returns the decoder; feed it the bytes after the byte order mark
 */
export function createDecoding(encoding: Encoding | null): TextDecoding {
  let chosen = encoding;
  let mixed = false;
  let decoder: { write: (bytes: Uint8Array) => string; end: () => string } | null = null;
  const open = (name: Encoding) => {
    if (name === 'utf-8') {
      return utf8OrWindows1252(() => {
        mixed = true;
      });
    }
    const legacy = iconv.getDecoder(name);
    return {
      write: (bytes: Uint8Array) =>
        legacy.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
      end: () => legacy.end() ?? '',
    };
  };
  return {
    encoding: () => chosen ?? 'utf-8',
    mixed: () => mixed,
    write: (bytes) => {
      if (!decoder) {
        if (chosen === null) {
          if (firstNonAscii(bytes) === -1) {
            return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
          }
          chosen = isUtf8(bytes) ? 'utf-8' : guessLegacy(bytes);
        }
        decoder = open(chosen);
      }
      return decoder.write(bytes);
    },
    end: () => decoder?.end() ?? '',
  };
}
