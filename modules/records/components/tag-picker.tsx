'use client';

import { useEffect, useState } from 'react';
import { OptionList } from '@/components/ui/option-list';
import { Popover, PopoverAnchor, PopoverContent } from '@/components/ui/popover';

const keep = async (tags: Promise<string[]>) => (await tags).map((tag) => ({ value: tag, label: tag }));

/** Picks one tag to add to, or take from, the selected rows. A tag that doesn't exist can be made by typing it. */
export function TagPicker({
  loadTags,
  onAdd,
  onRemove,
  onClose,
}: {
  loadTags: () => Promise<string[]>;
  onAdd: (tag: string) => void;
  onRemove: (tag: string) => void;
  onClose: () => void;
}) {
  const [options, setOptions] = useState<{ value: string; label: string }[]>([]);
  const [mode, setMode] = useState<'add' | 'remove'>('add');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tags are read once, when the list opens
  useEffect(() => {
    let isGone = false;
    keep(loadTags()).then(
      (found) => !isGone && setOptions(found),
      // without suggestions a tag can still be typed
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, []);
  return (
    <Popover open onOpenChange={(open) => !open && onClose()}>
      <PopoverAnchor className="absolute inset-0 -z-10" />
      <PopoverContent className="w-64 p-0" aria-label="Tag">
        <div role="radiogroup" aria-label="What to do" className="flex gap-1 border-b p-1.5">
          {(['add', 'remove'] as const).map((each) => (
            // biome-ignore lint/a11y/useSemanticElements: two buttons that look like tabs; arrow keys belong to the list below
            <button
              key={each}
              type="button"
              role="radio"
              aria-checked={mode === each}
              className="h-7 flex-1 rounded-sm text-sm aria-checked:bg-accent aria-checked:font-medium max-md:h-10"
              onClick={() => setMode(each)}
            >
              {each === 'add' ? 'Add' : 'Remove'}
            </button>
          ))}
        </div>
        <OptionList
          label="Tag"
          placeholder={mode === 'add' ? 'Find or add a tag' : 'Find a tag'}
          creatable={mode === 'add'}
          options={options}
          value={[]}
          emptyText={mode === 'add' ? 'Type to add a tag' : 'No such tag'}
          onPick={({ value }) => {
            onClose();
            if (mode === 'add') onAdd(value);
            else onRemove(value);
          }}
        />
      </PopoverContent>
    </Popover>
  );
}
