'use client';

import { Braces } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover';

/** What reads well where nothing is known. */
const suggested: Readonly<Record<string, string>> = {
  first_name: 'there',
  company: 'your company',
  property_name: 'your property',
  market: 'your market',
};

/** The merge field as the text holds it. A quotation mark would end the fallback, so it becomes a curly one. */
const fieldText = (field: string, fallback: string) =>
  fallback.trim() === ''
    ? `{{ ${field} }}`
    : `{{ ${field} | default: "${fallback.trim().replaceAll('"', '”')}" }}`;

/**
 * Puts a merge field, with what to write where it isn't known, into the text beside it.
 * @param fields by name, in words
 * @param withoutFallback what happens where nothing is known and nothing is written instead
 * @param onInsert gets the text to put where the cursor stands
 */
export function FieldPicker({
  into,
  fields,
  withoutFallback,
  onInsert,
}: {
  into: string;
  fields: Readonly<Record<string, string>>;
  withoutFallback: string;
  onInsert: (text: string) => void;
}) {
  const [open, setOpen] = useState(false);
  const [field, setField] = useState('first_name');
  const [fallback, setFallback] = useState(suggested.first_name ?? '');

  function insert(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    setOpen(false);
    onInsert(fieldText(field, fallback));
  }
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button
          variant="ghost"
          size="sm"
          className="text-muted-foreground"
          aria-label={`Insert a field into ${into}`}
        >
          <Braces aria-hidden /> Field
        </Button>
      </PopoverTrigger>
      <PopoverContent
        className="w-72 p-3"
        aria-label="Insert a field"
        // the cursor goes to where the field was put, not back to the button
        onCloseAutoFocus={(event) => event.preventDefault()}
      >
        <form className="grid gap-3" onSubmit={insert}>
          <Field label="Field">
            {(control) => (
              <NativeSelect
                {...control}
                value={field}
                onChange={({ target }) => {
                  setField(target.value);
                  setFallback(suggested[target.value] ?? '');
                }}
              >
                {Object.entries(fields).map(([value, words]) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </NativeSelect>
            )}
          </Field>
          <Field label="Where it isn’t known, write" help={withoutFallback}>
            {(control) => (
              <Input
                {...control}
                value={fallback}
                maxLength={100}
                onChange={({ target }) => setFallback(target.value)}
              />
            )}
          </Field>
          <Button type="submit" className="justify-self-start">
            Insert
          </Button>
        </form>
      </PopoverContent>
    </Popover>
  );
}
