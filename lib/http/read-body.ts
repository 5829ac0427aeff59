import { AppError } from '../errors';

/**
 * A request's body as text, read no further than allowed: what the sender says of its length proves nothing.
 * @param maxBytes the most that is taken
 * @throws {AppError} `too_large`; `invalid` for bytes that aren't UTF-8
 */
export async function readBody(request: Request, maxBytes: number): Promise<string> {
  const tooLarge = () =>
    new AppError('too_large', { userMessage: `The request is larger than ${maxBytes / 1024 / 1024} MB` });
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let bytes = 0;
  try {
    for await (const piece of request.body ?? []) {
      bytes += piece.byteLength;
      if (bytes > maxBytes) throw tooLarge();
      text += decoder.decode(piece, { stream: true });
    }
    return text + decoder.decode();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new AppError('invalid', { userMessage: 'The request isn’t UTF-8', cause });
  }
}
