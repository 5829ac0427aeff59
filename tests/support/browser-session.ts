/** A browser's side of the session: cookies kept between calls, same-origin headers, redirects seen and not followed. */
import { appUrl } from './app';

/** Calls the app with one cookie jar of its own. */
export class BrowserSession {
  private readonly cookies = new Map<string, string>();
  /** `Set-Cookie` lines of the last answer, whole. */
  lastSetCookies: string[] = [];

  /** Value of a cookie this session holds. */
  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  /**
   * @param path of the app, or an absolute address of it
   * @param options.body sent as JSON; makes the call a POST unless `method` says otherwise
   * @returns the status, where it redirects to, and the body parsed where it is JSON
   */
  async call<T = Record<string, unknown>>(
    path: string,
    options: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<{ status: number; location: string | null; body: T }> {
    const response = await fetch(new URL(path, appUrl()), {
      method: options.method ?? (options.body === undefined ? 'GET' : 'POST'),
      headers: {
        'sec-fetch-site': 'same-origin',
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(options.body !== undefined && { 'content-type': 'application/json' }),
        ...options.headers,
      },
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      redirect: 'manual',
    });
    this.lastSetCookies = response.headers.getSetCookie();
    for (const line of this.lastSetCookies) this.keep(line);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      location: response.headers.get('location'),
      body: (isJson ? JSON.parse(text) : text) as T,
    };
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(pair.indexOf('=') + 1);
    const isGone = value === '' || attributes.some((each) => /^max-age=0$/i.test(each));
    if (isGone) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}
