import { writeAddress } from '@/modules/records/components/use-list-address';

/** A part of the editor, as the address names it. */
export type EditorStep = 'design' | 'contacts' | 'preview' | 'launch';

/** Goes to a part of the editor; a step back leads out again. */
export const goToStep = (step: EditorStep) =>
  writeAddress({ step: step === 'design' ? null : step }, 'pushState');
