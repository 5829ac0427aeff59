'use client';

import { FieldPicker } from '@/modules/records/components/field-picker';
import { mergeFieldWords } from '../domain';

/** Puts a merge field into a mail's text. @param onInsert gets the text to put where the cursor stands */
export function MergeFieldPicker(props: { into: string; onInsert: (text: string) => void }) {
  return (
    <FieldPicker
      {...props}
      fields={mergeFieldWords}
      withoutFallback="Left empty, the campaign can’t launch while anybody lacks it."
    />
  );
}
