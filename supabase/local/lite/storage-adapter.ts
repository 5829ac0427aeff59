/** Keeps storage objects as files, streamed in and out, so that a large upload never sits in memory. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { App } from '@supabase/lite';

type StorageAdapter = NonNullable<App['_storageAdapter']>;
type ObjectMetadata = Awaited<ReturnType<StorageAdapter['headObject']>>;
type UploadBody = Parameters<StorageAdapter['uploadObject']>[3];

/** What the file system doesn't know of an object; stands beside it as JSON. */
interface Sidecar {
  key: string;
  mimetype: string;
  cacheControl: string;
}

function toReadable(body: UploadBody): Readable {
  if (body instanceof Uint8Array) return Readable.from([body]);
  return Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
}

/**
 * The adapter that the storage service writes to.
 * @param root directory for the objects
 * @returns an adapter whose calls fail with Node's file errors (ENOENT for a missing object)
 */
export function fileStorage(root: string): StorageAdapter {
  // Named by the hash of bucket and key: "a" and "a/b" may both be objects, and no key can lead out of the directory.
  const pathOf = (bucket: string, key: string) => {
    const name = createHash('sha256').update(`${bucket}\0${key}`).digest('hex');
    return join(root, name.slice(0, 2), name);
  };
  const metadataOf = async (path: string): Promise<ObjectMetadata> => {
    const at = await stat(path);
    const { mimetype, cacheControl } = JSON.parse(await readFile(`${path}.json`, 'utf8')) as Sidecar;
    return {
      cacheControl,
      contentLength: at.size,
      size: at.size,
      mimetype,
      lastModified: at.mtime,
      eTag: `"${createHash('md5').update(`${path}:${at.mtimeMs}:${at.size}`).digest('hex')}"`,
      httpStatusCode: 200,
    };
  };
  const remove = async (bucket: string, key: string) => {
    const path = pathOf(bucket, key);
    await Promise.all([path, `${path}.json`].map((file) => rm(file, { force: true })));
  };
  return {
    driver: undefined,
    async getObject(bucket, key) {
      const path = pathOf(bucket, key);
      const metadata = await metadataOf(path);
      return {
        metadata,
        httpStatusCode: 200,
        body: Readable.toWeb(createReadStream(path)) as ReadableStream,
      };
    },
    async uploadObject(bucket, key, _version, body, mimetype, cacheControl) {
      const path = pathOf(bucket, key);
      await mkdir(dirname(path), { recursive: true });
      // Renamed into place when whole: an upload that breaks off leaves the old object as it was.
      const aside = join(root, `.incoming-${randomUUID()}`);
      try {
        await pipeline(toReadable(body), createWriteStream(aside));
        await writeFile(`${path}.json`, JSON.stringify({ key, mimetype, cacheControl } satisfies Sidecar));
        await rename(aside, path);
      } finally {
        await rm(aside, { force: true });
      }
      return metadataOf(path);
    },
    async copyObject(fromBucket, fromKey, _version, toBucket, toKey) {
      const [from, to] = [pathOf(fromBucket, fromKey), pathOf(toBucket, toKey)];
      await mkdir(dirname(to), { recursive: true });
      const sidecar = JSON.parse(await readFile(`${from}.json`, 'utf8')) as Sidecar;
      await writeFile(`${to}.json`, JSON.stringify({ ...sidecar, key: toKey }));
      await copyFile(from, to);
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
