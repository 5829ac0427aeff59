/** Where the local Storage server and the hosted one differ on the wire, and how each difference is put right. */
import type { IncomingHttpHeaders } from 'node:http';
import { Transform } from 'node:stream';

/** An upload without its multipart envelope: the file's bytes and the headers that the envelope held. */
export interface UnwrappedUpload {
  headers: Record<string, string>;
  body: Transform;
}

const HEAD_LIMIT = 64 * 1024;
const BLANK_LINE = Buffer.from('\r\n\r\n');

/**
 * storage-js sends a Blob or a File as multipart with an unnamed field; the local server wants another name and
 * would hold the whole of it in memory. Sent on as the bare bytes, it is stored as they arrive.
 * @param headers of the request
 * @returns the boundary when the request is such an upload, else null
 */
export function uploadBoundary(headers: IncomingHttpHeaders): string | null {
  const match = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(headers['content-type'] ?? '');
  return match?.[1] ?? null;
}

interface FileStart {
  /** Offset of the file's first byte. */
  offset: number;
  headers: Record<string, string>;
}

/** Reads the parts ahead of the file (storage-js sends cacheControl and metadata first, the file last). */
function findFile(buffered: Buffer, boundary: string): FileStart | null {
  const delimiter = `--${boundary}`;
  const headers: Record<string, string> = {};
  let at = buffered.indexOf(delimiter);
  while (at !== -1) {
    const blank = buffered.indexOf(BLANK_LINE, at);
    if (blank === -1) return null;
    const head = buffered.subarray(at, blank).toString();
    const start = blank + BLANK_LINE.length;
    if (/;\s*filename\*?=/i.test(head)) {
      headers['content-type'] =
        /^content-type:\s*(.+)$/im.exec(head)?.[1]?.trim() ?? 'application/octet-stream';
      return { offset: start, headers };
    }
    const next = buffered.indexOf(`\r\n${delimiter}`, start);
    if (next === -1) return null;
    const value = buffered.subarray(start, next).toString();
    const name = /;\s*name="([^"]*)"/i.exec(head)?.[1];
    if (name === 'cacheControl') headers['cache-control'] = `max-age=${value}`;
    if (name === 'metadata') headers['x-metadata'] = Buffer.from(value).toString('base64');
    at = next + 2;
  }
  return null;
}

/**
 * Unwraps a multipart upload while it streams.
 * @param source the request's body
 * @param boundary from uploadBoundary()
 * @param contentLength of the whole request in bytes, when known
 * @returns the file; rejects when no file part shows up within 64 kB
 */
export function unwrapUpload(
  source: NodeJS.ReadableStream,
  boundary: string,
  contentLength: number | undefined,
): Promise<UnwrappedUpload> {
  return new Promise((resolve, reject) => {
    const tail = Buffer.byteLength(`\r\n--${boundary}--\r\n`);
    let head: Buffer | null = Buffer.alloc(0);
    let held = Buffer.alloc(0);
    const body = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        let bytes = chunk;
        if (head) {
          head = Buffer.concat([head, chunk]);
          const file = findFile(head, boundary);
          if (!file) {
            const tooLong = head.length > HEAD_LIMIT;
            if (tooLong) reject(new Error('no file in the multipart upload'));
            done(tooLong ? new Error('no file in the multipart upload') : null);
            return;
          }
          const headers = { ...file.headers };
          if (contentLength !== undefined)
            headers['content-length'] = String(contentLength - file.offset - tail);
          resolve({ headers, body });
          bytes = head.subarray(file.offset);
          head = null;
        }
        // The closing boundary is only known to be the end once the end is there: hold its length back.
        held = Buffer.concat([held, bytes]);
        if (held.length > tail) {
          this.push(held.subarray(0, held.length - tail));
          held = held.subarray(held.length - tail);
        }
        done();
      },
      flush(done) {
        if (head) reject(new Error('no file in the multipart upload'));
        done();
      },
    });
    source.once('error', (error: Error) => body.destroy(error));
    source.pipe(body);
  });
}

/**
 * The hosted server answers with a path below /storage/v1, named `signedURL` (download) or `url` (upload); the local
 * one with the whole path, named `signedUrl` for both.
 * Source: storage-js, StorageFileApi.createSignedUrl and createSignedUploadUrl.
 * @param json the local answer's body
 * @returns the hosted one's; what isn't such an answer is returned as it came
 */
export function hostedSignedUrl(json: string): string {
  try {
    const answer = JSON.parse(json) as Record<string, unknown>;
    const url = answer.signedURL ?? answer.signedUrl ?? answer.url;
    if (typeof url !== 'string') return json;
    const below = url.replace(/^\/storage\/v1/, '');
    return JSON.stringify({ ...answer, signedUrl: undefined, signedURL: below, url: below });
  } catch {
    return json;
  }
}

/**
 * Hosted Storage hands a file out to be saved where its address says `download`, under the name given there.
 * Source: supabase/storage, renderer.ts.
 * @param url path and query of the request
 * @returns the header's value, or null where the address doesn't say so
 */
export function attachmentOf(url: string): string | null {
  const name = new URL(url, 'http://localhost').searchParams.get('download');
  if (name === null) return null;
  if (name === '') return 'attachment';
  const encoded = encodeURIComponent(name);
  return `attachment; filename=${encoded}; filename*=UTF-8''${encoded};`;
}

/** One path's answer of createSignedUrls(). */
export interface SignedPath {
  path: string;
  signedURL: string | null;
  error: string | null;
}

/**
 * Signs several paths at once, which the local server's routes can't reach, by asking it for each.
 * Source: storage-js, StorageFileApi.createSignedUrls.
 * @param request.paths within the bucket  @param request.expiresIn seconds
 * @param signOne asks the server for one path; resolves with its status and body
 */
export function signMany(
  request: { paths: string[]; expiresIn: number },
  signOne: (path: string, expiresIn: number) => Promise<{ ok: boolean; body: string }>,
): Promise<SignedPath[]> {
  return Promise.all(
    request.paths.map(async (path) => {
      const { ok, body } = await signOne(path, request.expiresIn);
      if (!ok)
        return {
          path,
          signedURL: null,
          error: 'Either the object does not exist or you do not have access to it',
        };
      const { signedURL } = JSON.parse(hostedSignedUrl(body)) as { signedURL: string };
      return { path, signedURL, error: null };
    }),
  );
}
