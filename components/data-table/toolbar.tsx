'use client';

import { Rows2, Rows3, Settings2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Menu } from '../menu';
import { Button } from '../ui/button';
import type { DataTableColumn, Density } from './types';

/** The line above the table: filters and view options, or what can be done with the selected rows. */
export function TableToolbar<T>({
  toolbar,
  bulkActions,
  selectedCount,
  onClear,
  columns,
  hidden,
  onHiddenChange,
  density,
  onDensityChange,
}: {
  toolbar: ReactNode;
  bulkActions: ReactNode;
  selectedCount: number;
  onClear: () => void;
  columns: readonly DataTableColumn<T>[];
  hidden: readonly string[];
  onHiddenChange: (ids: string[]) => void;
  density: Density;
  onDensityChange: (density: Density) => void;
}) {
  if (selectedCount > 0) {
    return (
      <div
        role="toolbar"
        aria-label="Selected rows"
        className="flex min-h-11 shrink-0 items-center gap-2 overflow-x-auto border-b bg-selected px-6 py-2 max-md:px-4"
      >
        <span role="status" className="whitespace-nowrap font-medium text-sm tabular-nums">
          {selectedCount.toLocaleString('en-US')} selected
        </span>
        <Button variant="ghost" size="icon-sm" aria-label="Clear the selection" onClick={onClear}>
          <X aria-hidden className="text-muted-foreground" />
        </Button>
        <div className="flex items-center gap-1.5">{bulkActions}</div>
      </div>
    );
  }
  return (
    <div className="flex min-h-11 shrink-0 items-start gap-2 border-b px-6 py-2 max-md:px-4">
      <div className="min-w-0 flex-1">{toolbar}</div>
      <Menu
        label="View options"
        align="end"
        className="relative inline-flex max-md:hidden"
        items={() => [
          { heading: 'Rows' },
          {
            label: 'Default',
            icon: Rows2,
            checked: density === 'default',
            keepOpen: true,
            onSelect: () => onDensityChange('default'),
          },
          {
            label: 'Compact',
            icon: Rows3,
            checked: density === 'compact',
            keepOpen: true,
            onSelect: () => onDensityChange('compact'),
          },
          'separator',
          { heading: 'Columns' },
          ...columns.map((column, index) => ({
            label: column.header,
            checked: !hidden.includes(column.id),
            disabled: index === 0 || column.canHide === false,
            keepOpen: true,
            onSelect: () =>
              onHiddenChange(
                hidden.includes(column.id) ? hidden.filter((id) => id !== column.id) : [...hidden, column.id],
              ),
          })),
        ]}
        trigger={(props) => (
          <Button variant="ghost" size="sm" {...props}>
            <Settings2 aria-hidden className="text-muted-foreground" />
            View
          </Button>
        )}
      />
    </div>
  );
}
