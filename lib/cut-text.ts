/**
 * The beginning of a text. Never half of a character outside the basic plane (an emoji): the database takes no lone surrogate.
 * @param text any text
 * @param max UTF-16 code units kept at most
 */
export function cutText(text: string, max: number): string {
  const end = max > 0 && /[\ud800-\udbff]/.test(text.charAt(max - 1)) ? max - 1 : max;
  return text.slice(0, end);
}
