import 'server-only';
import { auth, gmail } from '@googleapis/gmail';
import { env } from '../env';
import { GmailError, gmailError } from './gmail-errors';

/** Read the inbox, and send: nothing is changed or deleted. @see https://developers.google.com/workspace/gmail/api/auth/scopes */
export const gmailScopes = [
  'https://www.googleapis.com/auth/gmail.readonly',
  'https://www.googleapis.com/auth/gmail.send',
] as const;

const timeoutMs = 20_000;

/** What an OAuth exchange gives. */
export type GmailTokens = { refreshToken: string; accessToken: string | null; accessExpiresAt: Date | null };

/** The settings that connecting needs and that are unset: their names, for the page that says so. */
export function missingGmailSettings(): string[] {
  const settings = env();
  return (['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET', 'TOKEN_ENCRYPTION_KEY'] as const).filter(
    (name) => !settings[name],
  );
}

/** The key that tokens are sealed with. @throws {GmailError} `refused` where it is unset */
export function tokenKey(): string {
  const { TOKEN_ENCRYPTION_KEY } = env();
  if (!TOKEN_ENCRYPTION_KEY) throw new GmailError('refused', 'TOKEN_ENCRYPTION_KEY is unset');
  return TOKEN_ENCRYPTION_KEY;
}

/** Where Google sends people back to: it must be among the OAuth client's redirect URIs. */
export function gmailRedirectUri(): string {
  const { GOOGLE_REDIRECT_URI, APP_URL } = env();
  return GOOGLE_REDIRECT_URI ?? new URL('/api/mailboxes/callback', APP_URL).href;
}

function oauthClient() {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GOOGLE_OAUTH_URL } = env();
  if (!GOOGLE_CLIENT_ID || !GOOGLE_CLIENT_SECRET) {
    throw new GmailError('refused', 'GOOGLE_CLIENT_ID or GOOGLE_CLIENT_SECRET is unset');
  }
  const at = (path: string) => new URL(path, GOOGLE_OAUTH_URL).href;
  return new auth.OAuth2({
    clientId: GOOGLE_CLIENT_ID,
    clientSecret: GOOGLE_CLIENT_SECRET,
    redirectUri: gmailRedirectUri(),
    transporterOptions: { timeout: timeoutMs },
    ...(GOOGLE_OAUTH_URL && {
      endpoints: {
        oauth2AuthBaseUrl: at('/o/oauth2/v2/auth'),
        oauth2TokenUrl: at('/token'),
        oauth2RevokeUrl: at('/revoke'),
      },
    }),
  });
}

/**
 * Where a person gives the permission.
 * @param options.state comes back with them  @param options.codeChallenge SHA-256 of the verifier, base64url (RFC 7636)
 * @param options.address the account to offer first
 */
export function gmailConsentUrl(options: { state: string; codeChallenge: string; address?: string }): string {
  const url = new URL(
    oauthClient().generateAuthUrl({
      access_type: 'offline',
      // without it Google gives a refresh token only the first time
      prompt: 'consent',
      scope: [...gmailScopes],
      state: options.state,
      ...(options.address && { login_hint: options.address }),
    }),
  );
  url.searchParams.set('code_challenge', options.codeChallenge);
  url.searchParams.set('code_challenge_method', 'S256');
  return url.href;
}

/**
 * Exchanges the code that came back for tokens.
 * @throws {GmailError} `refused` where the code or its verifier is wrong, or a permission was unticked
 */
export async function exchangeGmailCode(code: string, codeVerifier: string): Promise<GmailTokens> {
  try {
    const { tokens } = await oauthClient().getToken({ code, codeVerifier });
    const granted = (tokens.scope ?? '').split(' ');
    if (!gmailScopes.every((scope) => granted.includes(scope))) {
      throw new GmailError('refused', 'Reading and sending must both be allowed');
    }
    if (!tokens.refresh_token) throw new GmailError('refused', 'Google gave no lasting permission');
    return {
      refreshToken: tokens.refresh_token,
      accessToken: tokens.access_token ?? null,
      accessExpiresAt: tokens.expiry_date ? new Date(tokens.expiry_date) : null,
    };
  } catch (error) {
    const known = gmailError(error);
    // a code that ran out or was used reads like a permission that was taken back, and isn't one
    throw known.kind === 'revoked'
      ? new GmailError('refused', 'The code is no longer good', { cause: known })
      : known;
  }
}

/** Gives the permission back to Google. One that is gone already counts as given back. @throws {GmailError} */
export async function revokeGmail(refreshToken: string): Promise<void> {
  try {
    await oauthClient().revokeToken(refreshToken);
  } catch (error) {
    const known = gmailError(error);
    if (known.kind !== 'refused' && known.kind !== 'revoked') throw known;
  }
}

/** A header field of a message, as it was sent. */
export type GmailHeader = { name: string; value: string };
/** What is known of a message without its content. */
export type GmailEnvelope = {
  id: string;
  threadId: string;
  labels: string[];
  receivedAt: Date;
  sizeBytes: number;
  headers: GmailHeader[];
  snippet: string;
};

/** One account, as its token lets us see it. Every method throws a GmailError. */
export type GmailAccount = {
  /** Whose it is, and where a sync that begins now goes on from. */
  profile(): Promise<{ address: string; historyId: string }>;
  /**
   * Messages that came since; `gone` where Google no longer knows that far back. `readTo` is how far this page goes;
   * `historyId` is where the whole mailbox stands, which is further while there are more pages.
   * @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.history/list
   */
  history(
    since: string,
    page?: string,
  ): Promise<{ ids: string[]; readTo: string; historyId: string; next: string | null }>;
  /** Messages that match a search, the newest first. */
  search(query: string, page?: string): Promise<{ ids: string[]; next: string | null }>;
  envelope(id: string): Promise<GmailEnvelope>;
  /** The whole message as RFC 5322. */
  raw(id: string): Promise<Uint8Array>;
  /** Sends once, and never again by itself. A fault of Gmail's is `unknown`: it may have taken the mail before. */
  send(raw: Uint8Array, threadId: string | null): Promise<{ id: string; threadId: string }>;
};

const pageSize = 100;
/** What tells whose answer a message is and whether a person wrote it. */
const envelopeHeaders = [
  'From',
  'To',
  'Cc',
  'Delivered-To',
  'X-Original-To',
  'Subject',
  'Date',
  'Message-ID',
  'In-Reply-To',
  'References',
  'Return-Path',
  'Content-Type',
  'Auto-Submitted',
  'Precedence',
  'X-Autoreply',
  'X-Autorespond',
  'X-Autoresponder',
  'X-Auto-Response-Suppress',
  'X-Failed-Recipients',
  'List-Id',
  'List-Unsubscribe',
  'X-Google-Original-Message-ID',
  'X-Freehold-Mail',
];

/**
 * Opens an account.
 * @param tokens as they are kept  @param onRefresh told of a new access token, to be kept
 */
export function openGmail(
  tokens: GmailTokens,
  onRefresh: (fresh: { accessToken: string; accessExpiresAt: Date | null }) => void,
): GmailAccount {
  const client = oauthClient();
  client.setCredentials({
    refresh_token: tokens.refreshToken,
    access_token: tokens.accessToken,
    expiry_date: tokens.accessExpiresAt?.getTime(),
  });
  client.on('tokens', ({ access_token, expiry_date }) => {
    if (access_token)
      onRefresh({ accessToken: access_token, accessExpiresAt: expiry_date ? new Date(expiry_date) : null });
  });
  const { GMAIL_API_URL } = env();
  const { users } = gmail({
    version: 'v1',
    auth: client,
    timeout: timeoutMs,
    retry: false,
    ...(GMAIL_API_URL && { rootUrl: GMAIL_API_URL }),
  });
  const me = { userId: 'me' };
  const ask = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw gmailError(error);
    }
  };
  return {
    profile: () =>
      ask(async () => {
        const { data } = await users.getProfile(me);
        return { address: (data.emailAddress ?? '').toLowerCase(), historyId: data.historyId ?? '0' };
      }),
    history: (since, page) =>
      ask(async () => {
        const { data } = await users.history.list({
          ...me,
          startHistoryId: since,
          historyTypes: ['messageAdded'],
          maxResults: pageSize,
          pageToken: page,
        });
        const records = data.history ?? [];
        const added = records.flatMap(({ messagesAdded }) => messagesAdded ?? []);
        const ids = added.map(({ message }) => message?.id).filter((id) => typeof id === 'string');
        return {
          ids: [...new Set(ids)],
          readTo: records.at(-1)?.id ?? since,
          historyId: data.historyId ?? since,
          next: data.nextPageToken ?? null,
        };
      }),
    search: (query, page) =>
      ask(async () => {
        const { data } = await users.messages.list({
          ...me,
          q: query,
          maxResults: pageSize,
          pageToken: page,
        });
        const ids = (data.messages ?? []).map(({ id }) => id).filter((id) => typeof id === 'string');
        return { ids, next: data.nextPageToken ?? null };
      }),
    envelope: (id) =>
      ask(async () => {
        const { data } = await users.messages.get({
          ...me,
          id,
          format: 'metadata',
          metadataHeaders: envelopeHeaders,
        });
        return {
          id,
          threadId: data.threadId ?? '',
          labels: data.labelIds ?? [],
          receivedAt: new Date(Number(data.internalDate ?? 0)),
          sizeBytes: data.sizeEstimate ?? 0,
          headers: (data.payload?.headers ?? []).map(({ name, value }) => ({
            name: name ?? '',
            value: value ?? '',
          })),
          snippet: data.snippet ?? '',
        };
      }),
    raw: (id) =>
      ask(async () => {
        const { data } = await users.messages.get({ ...me, id, format: 'raw' });
        return Buffer.from(data.raw ?? '', 'base64url');
      }),
    send: (raw, threadId) =>
      ask(async () => {
        try {
          const { data } = await users.messages.send({
            ...me,
            requestBody: {
              raw: Buffer.from(raw).toString('base64url'),
              ...(threadId && { threadId }),
            },
          });
          return { id: data.id ?? '', threadId: data.threadId ?? '' };
        } catch (error) {
          const known = gmailError(error);
          if (!known.isAnswer || known.kind !== 'unavailable') throw known;
          throw new GmailError('unknown', known.message, { cause: known });
        }
      }),
  };
}
