import { lineTypeWords, namedTogether } from '@/modules/contact-points/domain';
import { reasonSentence } from '@/modules/gate/reasons';
import type { TextPhone } from '../answers';

/** Why nothing can be sent to a number, in a sentence; null where something can, at least later. */
export const refusalOf = ({ decision }: Pick<TextPhone, 'decision'>): string | null =>
  decision.verdict === 'drop' ? reasonSentence(decision.reason) : null;

/** A number as it is chosen: "(602) 555-0142, Mobile: the number has opted out." */
export function phoneOption(phone: TextPhone): string {
  const kind = phone.label ?? (phone.line_type ? lineTypeWords[phone.line_type] : null);
  const refusal = refusalOf(phone);
  return [kind ? `${phone.display}, ${kind}` : phone.display, refusal].filter(Boolean).join(': ');
}

/** The number to begin with: the last that was written with, of those that can be written to. */
export function bestThread<Thread extends { phone: Pick<TextPhone, 'decision'> }>(
  threads: readonly Thread[],
): Thread | undefined {
  return threads.find(({ phone }) => refusalOf(phone) === null) ?? threads[0];
}

/** Who is behind a number, in a line: "Ada Park", "Ada Park and Bo Lin", "Ada Park, Bo Lin and 3 more"; else the number. */
export const peopleWords = ({ people, display }: Pick<TextPhone, 'people' | 'display'>): string =>
  namedTogether(people.map(({ name }) => name ?? 'No name')) || display;
