/** Google's consent page and token endpoint, as the Gmail emulator speaks them. */
import type { ServerResponse } from 'node:http';
import type { GmailStore } from './gmail-store';

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const kept = ['client_id', 'redirect_uri', 'scope', 'state', 'code_challenge', 'code_challenge_method'];

const styles = `body{font:15px/1.5 system-ui,sans-serif;background:#f6f8fa;color:#1c2733;display:grid;place-items:center;min-height:100vh;margin:0}
main{background:#fff;border:1px solid #d8dee4;border-radius:8px;padding:32px;width:min(400px,calc(100vw - 64px))}
h1{font-size:20px;margin:0 0 8px}label{display:block;font-weight:600;margin:16px 0 4px}
input[type=email]{width:100%;box-sizing:border-box;font:inherit;padding:8px;border:1px solid #8c959f;border-radius:6px}
p{margin:8px 0}.row{display:flex;gap:8px;justify-content:flex-end;margin-top:24px}
button{font:inherit;padding:8px 16px;border-radius:6px;border:1px solid #8c959f;background:#fff;cursor:pointer}
button[value=allow]{background:#0b7a53;border-color:#0b7a53;color:#fff}`;

function html(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in</title><style>${styles}</style></head><body><main>${body}</main></body></html>`,
  );
}

/** Asks whose mailbox it is to be. Whatever address is given gets one. */
export function consentPage(url: URL, response: ServerResponse): void {
  const { searchParams } = url;
  if (searchParams.get('response_type') !== 'code' || !searchParams.get('redirect_uri')) {
    html(response, 400, '<h1>Error 400: invalid_request</h1>');
    return;
  }
  const hidden = kept
    .map((name) => `<input type="hidden" name="${name}" value="${escapeHtml(searchParams.get(name) ?? '')}">`)
    .join('');
  const address = escapeHtml(searchParams.get('login_hint') ?? '');
  html(
    response,
    200,
    `<h1>Freehold wants to use a mailbox</h1><p>This stands in for Google on this machine: any address gets a mailbox, and nothing leaves it.</p>
<form method="post" action="/o/oauth2/v2/auth">${hidden}<label for="address">E-mail</label>
<input id="address" name="address" type="email" required autofocus value="${address}">
<p>It may read your messages and send messages for you.</p>
<div class="row"><button name="decision" value="deny" formnovalidate>Cancel</button><button name="decision" value="allow">Allow</button></div></form>`,
  );
}

/** Sends the person back with a code, or with the news that they said no. */
export function decide(store: GmailStore, form: URLSearchParams, response: ServerResponse): void {
  const redirectUri = form.get('redirect_uri') ?? '';
  const back = new URL(redirectUri);
  back.searchParams.set('state', form.get('state') ?? '');
  const address = form.get('address') ?? '';
  if (form.get('decision') !== 'allow' || !address.includes('@')) {
    back.searchParams.set('error', 'access_denied');
  } else {
    const scope = form.get('scope') ?? '';
    const code = store.authorize({
      address,
      redirectUri,
      clientId: form.get('client_id') ?? '',
      challenge: form.get('code_challenge') || null,
      scope,
    });
    back.searchParams.set('code', code);
    back.searchParams.set('scope', scope);
  }
  response.writeHead(302, { location: back.href });
  response.end();
}

/** `POST /token`, for a code or for a refresh token (RFC 6749 4.1.3 and 6). */
export function exchangeToken(
  store: GmailStore,
  form: URLSearchParams,
  client: { clientId: string; clientSecret: string },
): [number, unknown] {
  if (form.get('client_id') !== client.clientId || form.get('client_secret') !== client.clientSecret) {
    return [401, { error: 'invalid_client', error_description: 'The OAuth client was not found.' }];
  }
  const isCode = form.get('grant_type') === 'authorization_code';
  const given = isCode
    ? store.exchange(form.get('code') ?? '', {
        clientId: client.clientId,
        redirectUri: form.get('redirect_uri') ?? '',
        verifier: form.get('code_verifier'),
      })
    : store.refresh(form.get('refresh_token') ?? '');
  return given
    ? [200, given]
    : [400, { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' }];
}
