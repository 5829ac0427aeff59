import { Badge } from '@/components/ui/badge';
import { NativeSelect } from '@/components/ui/native-select';
import { cn } from '@/lib/utils';
import type { TargetField } from '@/modules/imports/presets/fields';
import type { MappingSuggestion } from '@/modules/imports/schema';

/** Below this a person should look at a suggestion. */
const SURE = 0.8;
const SHOWN_SAMPLES = 3;

/** Why a column goes where it goes, in two words. */
function Mark({
  suggestion,
  target,
  isChanged,
  isTemplate,
  isDetail,
}: {
  suggestion: MappingSuggestion;
  target: string | null;
  isChanged: boolean;
  isTemplate: boolean;
  isDetail: boolean;
}) {
  if (isChanged) return <Badge variant="info">Chosen by you</Badge>;
  if (target === null) return <Badge variant="outline">Left out</Badge>;
  if (isDetail) return <Badge variant="outline">Kept in details</Badge>;
  if (isTemplate && suggestion.target !== target) return <Badge>As last time</Badge>;
  if (suggestion.confidence < SURE) return <Badge variant="warning">Please check</Badge>;
  return <Badge>Recognized</Badge>;
}

/**
 * One column: its name, its first values, and the field that it feeds.
 * @param suggested where it went before the person chose
 * @param error why it can't go there
 */
export function MappingRow({
  index,
  suggestion,
  target,
  suggested,
  isTemplate,
  groups,
  detailKeys,
  error,
  onChange,
}: {
  index: number;
  suggestion: MappingSuggestion;
  target: string | null;
  suggested: string | null;
  isTemplate: boolean;
  groups: { group: string; fields: TargetField[] }[];
  detailKeys: ReadonlySet<string>;
  error?: string;
  onChange: (target: string | null) => void;
}) {
  const id = `column-${index}`;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1.5 px-4 py-2 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_16rem_8.5rem]">
      <label
        htmlFor={id}
        className={cn('break-words font-medium text-sm', target === null && 'text-muted-foreground')}
      >
        {suggestion.column}
      </label>
      <p
        className="truncate text-muted-foreground text-sm max-md:order-3 max-md:col-span-2"
        title={suggestion.samples.join('\n')}
      >
        {suggestion.samples.slice(0, SHOWN_SAMPLES).join(' · ')}
      </p>
      <div className="max-md:order-4 max-md:col-span-2">
        <NativeSelect
          id={id}
          value={target ?? ''}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
          onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
        >
          <option value="">Leave out</option>
          {groups.map(({ group, fields }) => (
            <optgroup key={group} label={group}>
              {fields.map((field) => (
                <option key={field.key} value={field.key}>
                  {field.label}
                </option>
              ))}
            </optgroup>
          ))}
        </NativeSelect>
        {error ? (
          <p id={`${id}-error`} role="alert" className="mt-1 text-destructive-text text-xs">
            {error}
          </p>
        ) : null}
      </div>
      <div className="max-md:order-2 max-md:justify-self-end">
        <Mark
          suggestion={suggestion}
          target={target}
          isChanged={target !== suggested}
          isTemplate={isTemplate}
          isDetail={target !== null && detailKeys.has(target)}
        />
      </div>
    </li>
  );
}
