/** The secrets of one local stack: made once per data directory, kept there, never in the repository. */
import { createHash, generateKeyPairSync, type JsonWebKey, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Keys and passwords of a local stack. `signingKey` is an EC P-256 private JWK with a `kid`. */
export interface StackSecrets {
  publishableKey: string;
  secretKey: string;
  /** What the local Auth signs with; access tokens leave the gateway signed with `signingKey` instead. */
  jwtSecret: string;
  signingKey: JsonWebKey & { kid: string };
  dbPassword: string;
  cronSecret: string;
  /** 32 bytes, base64. */
  tokenEncryptionKey: string;
}

const token = (bytes: number) => randomBytes(bytes).toString('base64url');

function apiKey(kind: 'publishable' | 'secret'): string {
  // The hosted shape: prefix, 22 random characters, 8 more as a checksum.
  const body = `sb_${kind}_${randomBytes(24).toString('hex').slice(0, 22)}`;
  return `${body}_${createHash('sha256').update(body).digest('hex').slice(0, 8)}`;
}

function make(): StackSecrets {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    publishableKey: apiKey('publishable'),
    secretKey: apiKey('secret'),
    jwtSecret: token(48),
    signingKey: { ...privateKey.export({ format: 'jwk' }), kid: token(12) },
    dbPassword: token(24),
    cronSecret: token(32),
    tokenEncryptionKey: randomBytes(32).toString('base64'),
  };
}

/**
 * Reads the data directory's secrets, making them at the first start.
 * @param dataDir the stack's data directory, which must exist
 */
export function loadSecrets(dataDir: string): StackSecrets {
  const file = join(dataDir, 'secrets.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as StackSecrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const made = make();
  // Written aside and renamed: a kill in between never leaves half a file that would lock the data away.
  writeFileSync(`${file}.new`, JSON.stringify(made, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return made;
}
