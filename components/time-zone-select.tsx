import type { ComponentProps } from 'react';
import { NativeSelect } from './ui/native-select';

/**
 * One of all time zones, by region.
 * @param groups from `timeZoneGroups()` on the server: browsers may know other names
 */
export function TimeZoneSelect({
  groups,
  ...props
}: ComponentProps<'select'> & { groups: readonly { region: string; zones: readonly string[] }[] }) {
  return (
    <NativeSelect {...props}>
      {groups.map(({ region, zones }) => (
        <optgroup key={region} label={region}>
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </optgroup>
      ))}
    </NativeSelect>
  );
}
