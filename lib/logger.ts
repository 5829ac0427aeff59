import { type Logger, pino } from 'pino';
import { env } from './env';

export type Log = Logger;

let root: Logger | undefined;

/** The process's logger: JSON lines on stdout. Pass what every line should carry, such as `{ requestId }`. */
export function logger(bindings: Record<string, unknown> = {}): Logger {
  root ??= pino({
    level: env().LOG_LEVEL,
    base: null,
    redact: ['*.token', '*.password', '*.authorization', 'headers.cookie'],
    serializers: { err: pino.stdSerializers.errWithCause },
  });
  return root.child(bindings);
}
