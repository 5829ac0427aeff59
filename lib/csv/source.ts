import { CsvError } from '@/lib/csv/errors';

/** Bytes of a file: a Node stream, a `Blob`'s web stream, or anything that yields chunks. */
export type ByteSource = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

const SLICE_BYTES = 64 * 1024;

async function* fromWebStream(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * The bytes of a source in pieces of at most 64 kB, so that what is decoded at once stays small however large the chunks come.
 *
 * @param source the file's bytes
 * @param maxBytes the size at which reading stops
 * @returns the pieces, none of them empty
 * @throws CsvError `too_large` once more than `maxBytes` came
 */
export async function* slices(source: ByteSource, maxBytes: number): AsyncGenerator<Uint8Array> {
  const chunks = source instanceof ReadableStream ? fromWebStream(source) : source;
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.byteLength;
    if (total > maxBytes) {
      const limit = Math.floor(maxBytes / (1024 * 1024));
      throw new CsvError(
        'too_large',
        `This file is larger than ${limit} MB. Split it into smaller files and import them one after the other.`,
      );
    }
    for (let at = 0; at < chunk.byteLength; at += SLICE_BYTES) yield chunk.subarray(at, at + SLICE_BYTES);
  }
}
