import { ApiError, api } from '@/lib/api-client';

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
  await put(uploadUrl, file, (share) => onState({ step: 'sending', share }));
  onState({ step: 'reading' });
  await api('POST', `/api/imports/${id}/inspect`, {});
  return id;
}

/** XMLHttpRequest, since fetch doesn't tell how much of a body has gone. */
function put(url: string, file: File, onShare: (share: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    // browsers on Windows take a CSV for a spreadsheet; the bucket keeps what we say
    request.setRequestHeader('content-type', 'text/csv');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onShare(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else if (request.status === 413) {
        reject(
          new ApiError(413, {
            code: 'too_large',
            message:
              'This file is larger than 50 MB. Split it into smaller files and import them one after the other.',
          }),
        );
      } else {
        reject(
          new ApiError(request.status, {
            code: 'unavailable',
            message: 'The upload was refused. Nothing was imported; try again.',
          }),
        );
      }
    };
    request.onerror = () =>
      reject(
        new ApiError(0, {
          code: 'offline',
          message: 'The upload broke off. Check your connection and try again.',
        }),
      );
    request.send(file);
  });
}
