import { ApiError } from './api-client';

/**
 * Sends a file to an address that was signed for it. By XMLHttpRequest, since fetch doesn't tell how much of a body has gone.
 * @param type what the bucket is to keep as its media type
 * @param onShare told how much has gone, 0 to 1
 * @param say what to tell the person where storage refuses
 * @param signal ends it
 * @throws {ApiError} `too_large`, `unavailable`, `offline`
 */
export function putFile(
  url: string,
  file: Blob,
  {
    type,
    onShare,
    say,
    signal,
  }: {
    type: string;
    onShare: (share: number) => void;
    say: { tooLarge: string; refused: string };
    signal?: AbortSignal;
  },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.setRequestHeader('content-type', type);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onShare(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else if (request.status === 413)
        reject(new ApiError(413, { code: 'too_large', message: say.tooLarge }));
      else reject(new ApiError(request.status, { code: 'unavailable', message: say.refused }));
    };
    request.onerror = () =>
      reject(
        new ApiError(0, {
          code: 'offline',
          message: 'The upload broke off. Check your connection and try again.',
        }),
      );
    request.onabort = () => reject(new DOMException('The upload was stopped', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
