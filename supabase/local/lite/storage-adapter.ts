/** Keeps storage objects as files, streamed in and out, so that a large upload never sits in memory. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { App } from '@supabase/lite';

type StorageAdapter = NonNullable<App['_storageAdapter']>;
type ObjectMetadata = Awaited<ReturnType<StorageAdapter['headObject']>>;
type UploadBody = Parameters<StorageAdapter['uploadObject']>[3];

function toReadable(body: UploadBody): Readable {
  if (body instanceof Uint8Array) return Readable.from([body]);
  return Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
}

/**
 * The adapter that the storage service writes to.
 * @param root directory for the objects, one directory a bucket
 * @returns an adapter whose calls fail with Node's file errors (ENOENT for a missing object)
 */
export function fileStorage(root: string): StorageAdapter {
  const base = resolve(root);
  const pathOf = (bucket: string, key: string) => {
    const path = resolve(base, bucket, key);
    if (!path.startsWith(base + sep)) throw new Error(`Object key outside of the bucket: ${key}`);
    return path;
  };
  const metadataOf = async (path: string): Promise<ObjectMetadata> => {
    const at = await stat(path);
    return {
      cacheControl: 'no-cache',
      contentLength: at.size,
      size: at.size,
      // The service answers with the type noted in storage.objects; this is only its fallback.
      mimetype: 'application/octet-stream',
      lastModified: at.mtime,
      eTag: `"${createHash('md5').update(`${path}:${at.mtimeMs}:${at.size}`).digest('hex')}"`,
      httpStatusCode: 200,
    };
  };
  const remove = (bucket: string, key: string) => rm(pathOf(bucket, key), { force: true });
  return {
    driver: undefined,
    async getObject(bucket, key) {
      const path = pathOf(bucket, key);
      const metadata = await metadataOf(path);
      const body = Readable.toWeb(createReadStream(path)) as ReadableStream;
      return { metadata, httpStatusCode: 200, body };
    },
    async uploadObject(bucket, key, _version, body, contentType, cacheControl) {
      const path = pathOf(bucket, key);
      await mkdir(dirname(path), { recursive: true });
      // Renamed into place when whole: an upload that breaks off leaves the old object as it was.
      const aside = join(base, `.incoming-${randomUUID()}`);
      try {
        await pipeline(toReadable(body), createWriteStream(aside));
        await rename(aside, path);
      } finally {
        await rm(aside, { force: true });
      }
      return { ...(await metadataOf(path)), mimetype: contentType, cacheControl };
    },
    async copyObject(fromBucket, fromKey, _version, toBucket, toKey) {
      const to = pathOf(toBucket, toKey);
      await mkdir(dirname(to), { recursive: true });
      await copyFile(pathOf(fromBucket, fromKey), to);
      const { httpStatusCode, eTag, lastModified } = await metadataOf(to);
      return { httpStatusCode, eTag, lastModified };
    },
    deleteObject: (bucket, key) => remove(bucket, key),
    async deleteObjects(bucket, keys) {
      await Promise.all(keys.map((key) => remove(bucket, key)));
    },
    headObject: (bucket, key) => metadataOf(pathOf(bucket, key)),
    privateAssetUrl: async (bucket, key) => `file://${pathOf(bucket, key)}`,
  };
}
