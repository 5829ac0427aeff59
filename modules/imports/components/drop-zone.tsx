'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { FileDrop } from '@/components/file-drop';
import { Progress } from '@/components/ui/progress';
import { ApiError } from '@/lib/api-client';
import { MAX_IMPORT_BYTES } from '@/modules/imports/limits';
import { type UploadState, uploadList } from './upload-list';

/**
 * Takes a list, sends it off and leads to its columns.
 * @param onRefused called when a file was taken but can't be read, so that the list below shows it
 */
export function DropZone({ onRefused, className }: { onRefused?: () => void; className?: string }) {
  const router = useRouter();
  const [name, setName] = useState('');
  const [state, setState] = useState<UploadState | null>(null);
  const [error, setError] = useState<string | null>(null);

  async function take(file: File) {
    setError(null);
    setName(file.name);
    try {
      const id = await uploadList(file, setState);
      router.push(`/imports/${id}`);
    } catch (cause) {
      setError(cause instanceof ApiError ? cause.message : 'The file could not be read. Try again.');
      setState(null);
      onRefused?.();
    }
  }

  if (state) {
    const share = state.step === 'sending' ? state.share * 100 : null;
    return (
      <div className={className}>
        <div
          className="flex min-h-40 flex-col items-center justify-center gap-3 rounded-lg border border-input border-dashed bg-sidebar px-6 py-8"
          aria-live="polite"
        >
          <p className="max-w-full truncate font-medium">
            {state.step === 'sending' ? `Sending ${name}` : `Reading ${name}`}
          </p>
          <Progress value={share} label={`Sending ${name}`} className="max-w-sm" />
        </div>
      </div>
    );
  }
  return (
    <FileDrop
      label="Drop a list here, or choose a file"
      help="CSV or TSV, up to 50 MB and 500,000 rows. Nothing is written until you say so."
      accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
      maxBytes={MAX_IMPORT_BYTES}
      error={error}
      onFile={(file) => void take(file)}
      className={className}
    />
  );
}
