/**
 * Where somebody wanted to go, if that is a place of ours: a link of the form `/sign-in?next=…` must not lead to another
 * site. Browsers read `\` as `/` and drop tabs and line ends, and `/..//host` resolves to `//host`, so a path is taken
 * only in its resolved form and only without those.
 * Source: https://cheatsheetseries.owasp.org/cheatsheets/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html
 * @param value the `next` of an address, as it came
 * @param fallback where to go otherwise
 * @returns a path of this app with its query and fragment, beginning with a single `/`
 */
export function safeNext(value: unknown, fallback = '/'): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  if (typeof value !== 'string' || !/^\/[^\\\u0000-\u001f\u007f]*$/.test(value) || value.startsWith('//'))
    return fallback;
  const base = 'http://app.invalid';
  if (!URL.canParse(value, base)) return fallback;
  const url = new URL(value, base);
  if (url.origin !== base || url.pathname.startsWith('//')) return fallback;
  return `${url.pathname}${url.search}${url.hash}`;
}

/**
 * An address with the way back kept: `/sign-in` and `/people?q=x` become `/sign-in?next=%2Fpeople%3Fq%3Dx`.
 * @param next a path that went through {@link safeNext}; Home needs no mention
 */
export function withNext(path: string, next: string): string {
  return next === '/' ? path : `${path}?next=${encodeURIComponent(next)}`;
}
