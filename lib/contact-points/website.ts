import { blank } from '@/lib/contact-points/blank';
import type { Parsed } from '@/lib/contact-points/result';

export type Website = {
  /** An http or https address. */
  url: string;
  /** The host without `www.`, lower-cased, such as `firm.example`. */
  domain: string;
};

/** Lists repeat their firms, and parsing a URL is slow; dropping the whole cache bounds it without bookkeeping. */
const CACHE_SIZE = 20_000;
const cache = new Map<string, Parsed<Website>>();

/**
 * Reads a web address as people write it, with or without `https://`.
 *
 * @param text what was written; of several the first is taken
 * @returns the address, or why it is none, as the end of a sentence that starts with the text ("… is not a web address")
 */
export function parseWebsite(text: string): Parsed<Website> {
  const known = cache.get(text);
  if (known) return known;
  const result = read(text);
  if (text.length <= 200) {
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(text, result);
  }
  return result;
}

function read(text: string): Parsed<Website> {
  if (blank(text)) return { ok: false, reason: 'is empty' };
  if (text.length > 2000) return { ok: false, reason: 'is too long for a web address' };
  const first = text.trim().split(/[\s;,|]+/)[0] ?? '';
  if (first.includes('@')) return { ok: false, reason: 'is not a web address' };
  if (
    /^[a-z][a-z0-9+.-]*:/i.test(first) &&
    !/^https?:\/\//i.test(first) &&
    !/^[^:/]+:\d+(?:\/|$)/.test(first)
  ) {
    return { ok: false, reason: 'is not a web address' };
  }
  try {
    const url = new URL(/^https?:\/\//i.test(first) ? first : `https://${first.replace(/^\/\//, '')}`);
    const host = url.hostname.replace(/\.$/, '');
    if (!/^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+)$/.test(host)) {
      return { ok: false, reason: 'is not a web address' };
    }
    return { ok: true, value: { url: url.href.replace(/\/$/, ''), domain: host.replace(/^www\./, '') } };
  } catch {
    return { ok: false, reason: 'is not a web address' };
  }
}
