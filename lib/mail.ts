import 'server-only';
import { createTransport, type Transporter } from 'nodemailer';
import { env } from './env';
import type { Log } from './logger';

/** A mail of the product itself: both parts say the same. */
export type Mail = { to: string; subject: string; text: string; html: string };

/** `off`: no SMTP_URL is set. `failed`: the mail server refused or didn't answer; the reason is in the log. */
export type MailOutcome = 'sent' | 'off' | 'failed';

const timeoutMs = 10_000;

let transporter: Transporter | undefined;

/**
 * Hands one mail to the mail server of SMTP_URL. It never throws: whoever calls it has stored something already, and
 * tells the person how to go on without the mail.
 */
export async function sendMail(mail: Mail, log: Log): Promise<MailOutcome> {
  const { SMTP_URL, MAIL_FROM } = env();
  if (!SMTP_URL) return 'off';
  transporter ??= createTransport({
    url: SMTP_URL,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  try {
    await transporter.sendMail({ from: MAIL_FROM, ...mail });
    return 'sent';
  } catch (cause) {
    log.error({ err: cause }, 'a mail could not be handed in');
    return 'failed';
  }
}
