/**
 * Puts text where the cursor of a field stands, over what is selected, and the cursor behind it.
 * @returns the field's new value; the caller shows it
 */
export function insertText(
  field: HTMLInputElement | HTMLTextAreaElement | null,
  value: string,
  text: string,
): string {
  if (!field) return value + text;
  const from = field.selectionStart ?? value.length;
  const to = field.selectionEnd ?? from;
  // after the new value is on the screen
  requestAnimationFrame(() => {
    field.focus();
    field.setSelectionRange(from + text.length, from + text.length);
  });
  return value.slice(0, from) + text + value.slice(to);
}
