/** Sends auth mails to the local catcher, with the links a hosted project would put into them. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { type EmailDriver, SmtpEmailDriver } from '@supabase/lite';
import { type LiteConfig, REDIRECT_PLACEHOLDER } from './protocol';

/** The mail driver and the wrapper that tells it which request a mail belongs to. */
export interface AuthMail {
  driver: EmailDriver;
  /** Runs a request; mails sent during it use its `redirect_to`, which the local server would drop. */
  during<T>(request: Request, run: () => Promise<T>): Promise<T>;
}

/**
 * @param config where mails go and which addresses they may lead to
 */
export function authMail(config: LiteConfig): AuthMail {
  const redirect = new AsyncLocalStorage<string>();
  const smtp = new SmtpEmailDriver({
    host: '127.0.0.1',
    port: config.smtpPort,
    from: { name: 'Freehold', address: 'no-reply@freehold.example' },
    requireTls: false,
  });
  const verify = '/auth/v1/verify?';
  const siteUrl = encodeURIComponent(config.appUrl);
  const isAllowed = (url: string) =>
    URL.canParse(url) && config.redirectOrigins.includes(new URL(url).origin);

  const rewrite = (text: string | undefined) => {
    const target = encodeURIComponent(redirect.getStore() ?? config.appUrl);
    return text
      ?.replaceAll(config.appUrl + verify, config.gatewayUrl + verify)
      .replaceAll(`redirect_to=${siteUrl}`, `redirect_to=${target}`)
      .replaceAll(REDIRECT_PLACEHOLDER, target);
  };
  return {
    // Hosted sends no text part where there is HTML; the local one's would show a link of another kind.
    driver: {
      send: (mail) =>
        smtp.send({ ...mail, text: mail.html ? undefined : rewrite(mail.text), html: rewrite(mail.html) }),
    },
    during(request, run) {
      const wanted = new URL(request.url).searchParams.get('redirect_to');
      return wanted && isAllowed(wanted) ? redirect.run(wanted, run) : run();
    },
  };
}
