import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { formatNumber } from '@/lib/format';
import { cn } from '@/lib/utils';
import type { ImportCounts, ImportResult, ImportTable } from '@/modules/imports/schema';
import { resultLooks, resultMeanings, tableLabels } from './labels';

const results: ImportResult[] = ['created', 'updated', 'linked', 'skipped', 'failed'];

/**
 * How many records of each kind met each result. Kinds that the list doesn't touch are left away.
 * @param isPromise of a check: nothing of it has happened yet
 */
export function CountsTable({ counts, isPromise }: { counts: ImportCounts; isPromise: boolean }) {
  const tables = (Object.keys(tableLabels) as ImportTable[]).filter((table) =>
    results.some((result) => (counts[result]?.[table] ?? 0) > 0),
  );
  return (
    <Table label={isPromise ? 'What would happen' : 'What happened'}>
      <TableHeader>
        <TableRow>
          <TableHead>{isPromise ? 'Would be' : 'Records'}</TableHead>
          {results.map((result) => (
            <TableHead key={result} className="text-right max-md:px-2" title={resultMeanings[result]}>
              {resultLooks[result].label}
            </TableHead>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        {tables.map((table) => (
          <TableRow key={table}>
            <TableCell className="h-9 font-medium max-md:px-2">{tableLabels[table]}</TableCell>
            {results.map((result) => {
              const count = counts[result]?.[table] ?? 0;
              return (
                <TableCell
                  key={result}
                  className={cn(
                    'h-9 text-right',
                    result === 'failed' && count > 0 && 'text-destructive-text',
                  )}
                >
                  {count === 0 ? <span className="text-muted-foreground">0</span> : formatNumber(count)}
                </TableCell>
              );
            })}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
