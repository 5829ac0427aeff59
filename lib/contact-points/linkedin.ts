import { blank } from '@/lib/contact-points/blank';
import type { Parsed } from '@/lib/contact-points/result';

/**
 * Reads a LinkedIn profile's address and puts it in its one form, `https://www.linkedin.com/in/<slug>`: country and mobile
 * hosts, a language at the end, queries and trailing slashes go, so that the same person always has the same address.
 *
 * @param text a URL, with or without `https://`, or `in/<slug>`
 * @returns the address, or why it names no person, as the end of a sentence that starts with the text ("… is a company page")
 */
export function parseLinkedIn(text: string): Parsed<string> {
  if (blank(text)) return { ok: false, reason: 'is empty' };
  if (text.length > 1_000) return { ok: false, reason: 'is too long for a LinkedIn address' };
  const trimmed = text.trim().replace(/^[<"'(]+|[>"'),;]+$/g, '');
  if (trimmed.length > 500) return { ok: false, reason: 'is too long for a LinkedIn address' };
  const path = profilePath(trimmed);
  if (path === null) return { ok: false, reason: 'is not a LinkedIn address' };
  const [kind = '', name = ''] = path;
  switch (kind.toLowerCase()) {
    case 'in':
      return slug(name);
    case 'company':
    case 'school':
    case 'showcase':
      return { ok: false, reason: 'is a company page, not a person’s' };
    case 'sales':
    case 'talent':
    case 'recruiter':
      return {
        ok: false,
        reason: 'is a Sales Navigator address; open the person’s public profile and copy that one',
      };
    case 'pub':
      return { ok: false, reason: 'is an old public address; open it and copy the one with /in/' };
    default:
      return { ok: false, reason: 'is not the address of a person’s profile' };
  }
}

/** The path's parts after the host, or null where the host isn't LinkedIn. */
function profilePath(text: string): string[] | null {
  if (/^\/?in\/[^/\s]+\/?$/i.test(text)) return text.replace(/^\//, '').split('/');
  let url: URL;
  try {
    url = new URL(/^https?:\/\//i.test(text) ? text : `https://${text.replace(/^\/\//, '')}`);
  } catch {
    return null;
  }
  if (url.hostname !== 'linkedin.com' && !url.hostname.endsWith('.linkedin.com')) return null;
  const parts = url.pathname.split('/').filter((part) => part !== '');
  // The mobile app's links: /mwlite/in/<slug>.
  return /^(mwlite|m)$/i.test(parts[0] ?? '') ? parts.slice(1) : parts;
}

function slug(raw: string): Parsed<string> {
  let name: string;
  try {
    name = decodeURIComponent(raw).normalize('NFC').trim();
  } catch {
    return { ok: false, reason: 'has a broken % code in it' };
  }
  // Letters, digits, marks and a few signs; member ids ("ACoAAB…") tell capitals apart, chosen names don't.
  if (!/^[\p{L}\p{N}\p{M}\p{Emoji_Presentation}_.&'’‘~-]{1,150}$/u.test(name)) {
    return { ok: false, reason: 'is not the address of a person’s profile' };
  }
  const cased = /^ACo[A-Za-z0-9_-]{20,}$/.test(name) ? name : name.toLowerCase().normalize('NFC');
  return { ok: true, value: `https://www.linkedin.com/in/${encodeURIComponent(cased)}` };
}
