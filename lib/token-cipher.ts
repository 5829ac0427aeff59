import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** What a token is sealed with: the key and whose token it is. */
export type Seal = {
  /** 32 bytes in base64: TOKEN_ENCRYPTION_KEY. */
  key: string;
  /** The identity that the token belongs to, such as the id of its mailbox: it opens for no other. */
  boundTo: string;
};

const version = 'v1';
const ivBytes = 12;
const tagBytes = 16;

/**
 * Encrypts a token with AES-256-GCM; the identity goes in as associated data, so that a sealed token that is copied to
 * another row doesn't open there (NIST SP 800-38D).
 * @returns `v1.<iv, tag and ciphertext in base64url>`, different at each call
 */
export function sealToken(token: string, { key, boundTo }: Seal): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64'), iv);
  cipher.setAAD(Buffer.from(boundTo, 'utf8'));
  const sealed = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()]);
  return `${version}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
}

/**
 * Opens what sealToken() made, or null where it was made with another key, for another identity, or changed since.
 */
export function openToken(sealed: string, { key, boundTo }: Seal): string | null {
  const [prefix, body] = sealed.split('.');
  if (prefix !== version || !body) return null;
  const bytes = Buffer.from(body, 'base64url');
  if (bytes.length < ivBytes + tagBytes) return null;
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64'), bytes.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(boundTo, 'utf8'));
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString(
      'utf8',
    );
  } catch {
    return null;
  }
}
