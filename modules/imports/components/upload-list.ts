import { api } from '@/lib/api-client';
import { putFile } from '@/lib/put-file';

/** Where an upload is: `share` of the file that has gone, 0 to 1, then the reading of its beginning. */
export type UploadState = { step: 'sending'; share: number } | { step: 'reading' };

/**
 * Sends a list straight to storage and has its beginning read.
 * @param file the list
 * @param onState told how far it is
 * @returns the import's id
 * @throws {ApiError} with the sentence to show: too large, unreadable, or storage can't be reached
 */
export async function uploadList(file: File, onState: (state: UploadState) => void): Promise<string> {
  onState({ step: 'sending', share: 0 });
  const { id, uploadUrl } = await api<{ id: string; uploadUrl: string }>('POST', '/api/imports', {
    fileName: file.name.slice(-255),
    size: file.size,
  });
  await putFile(uploadUrl, file, {
    // browsers on Windows take a CSV for a spreadsheet; the bucket keeps what we say
    type: 'text/csv',
    onShare: (share) => onState({ step: 'sending', share }),
    say: {
      tooLarge:
        'This file is larger than 50 MB. Split it into smaller files and import them one after the other.',
      refused: 'The upload was refused. Nothing was imported; try again.',
    },
  });
  onState({ step: 'reading' });
  await api('POST', `/api/imports/${id}/inspect`, {});
  return id;
}
