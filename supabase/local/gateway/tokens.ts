/**
 * Makes access tokens those of a hosted project: signed with ES256 and verifiable from a public key set.
 *
 * The local Auth server signs with HS256 only, which `supabase.auth.getClaims()` can't verify without asking the
 * server each time. The gateway re-signs what goes out and turns it back on the way in.
 * Source: https://supabase.com/docs/guides/auth/signing-keys
 */
import { createHmac, createPrivateKey, createPublicKey, type JsonWebKey, sign, verify } from 'node:crypto';
import type { StackSecrets } from '../secrets';

/** The claims of an access token that the stack looks at. `exp` is in seconds since 1970. */
export interface TokenClaims {
  sub?: string;
  role?: string;
  exp?: number;
  [claim: string]: unknown;
}

/** Translates access tokens between the Auth server and the world. */
export interface TokenTranslator {
  /** An outside token as the server wants it; anything that isn't ours is returned as it came. */
  inward(token: string): string;
  /** Every server token in a text, re-signed; all else stays as it is. */
  outward(text: string): string;
  /** @returns the claims of a valid outside token, or null when its signature or its time is wrong */
  read(token: string): TokenClaims | null;
  /** The key set that /auth/v1/.well-known/jwks.json answers with. */
  keySet: { keys: JsonWebKey[] };
}

const JWT = /eyJ[\w-]+\.[\w-]+\.[\w-]+/g;
const CACHE_LIMIT = 2000;

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function decode(part: string | undefined): Record<string, unknown> | null {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/**
 * @param secrets the stack's secrets; `signingKey` signs outside, `jwtSecret` inside
 */
export function tokenTranslator(secrets: StackSecrets): TokenTranslator {
  const { kid } = secrets.signingKey;
  const privateKey = createPrivateKey({ key: secrets.signingKey, format: 'jwk' });
  const publicKey = createPublicKey(privateKey);
  const outsideHead = encode({ alg: 'ES256', kid, typ: 'JWT' });
  const insideHead = encode({ alg: 'HS256', typ: 'JWT' });
  const hmac = (data: string) => createHmac('sha256', secrets.jwtSecret).update(data).digest('base64url');
  const known = new Map<string, string>();

  const isOurs = (token: string): boolean => {
    const [head, payload, signature] = token.split('.');
    const header = decode(head);
    if (header?.alg !== 'ES256' || header.kid !== kid || !signature) return false;
    const data = Buffer.from(`${head}.${payload}`);
    const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
    return verify('sha256', data, key, Buffer.from(signature, 'base64url'));
  };

  return {
    inward(token) {
      const cached = known.get(token);
      if (cached) return cached;
      if (!isOurs(token)) return token;
      const data = `${insideHead}.${token.split('.')[1]}`;
      const inside = `${data}.${hmac(data)}`;
      // Oldest out: a Map keeps the order of insertion. The server itself still checks the token's time.
      if (known.size >= CACHE_LIMIT) known.delete(known.keys().next().value ?? '');
      known.set(token, inside);
      return inside;
    },
    outward(text) {
      return text.replace(JWT, (token) => {
        const [head, payload, signature] = token.split('.');
        if (hmac(`${head}.${payload}`) !== signature) return token;
        const data = `${outsideHead}.${payload}`;
        const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
        return `${data}.${sign('sha256', Buffer.from(data), key).toString('base64url')}`;
      });
    },
    read(token) {
      if (!isOurs(token)) return null;
      const claims = decode(token.split('.')[1]) as TokenClaims | null;
      return claims?.exp !== undefined && claims.exp * 1000 > Date.now() ? claims : null;
    },
    keySet: {
      keys: [
        {
          ...publicKey.export({ format: 'jwk' }),
          kid,
          alg: 'ES256',
          use: 'sig',
          key_ops: ['verify'],
          ext: true,
        },
      ],
    },
  };
}
