import { cn } from '@/lib/utils';

/**
 * Nothing is fetched from elsewhere: a picture would tell its sender that the mail was read. The page's own policy holds
 * inside as well.
 */
const policy =
  '<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'; img-src data:"><style>:root{color-scheme:light;background:#fff}body{font:14px/1.5 system-ui,sans-serif;margin:12px;overflow-wrap:anywhere}</style>';

/**
 * A mail's HTML where it can do nothing: no script, no form, no link that leads this window away.
 * @param html sanitised by the server
 */
export function MailFrame({ html, title, className }: { html: string; title: string; className?: string }) {
  return (
    <iframe
      sandbox=""
      referrerPolicy="no-referrer"
      srcDoc={policy + html}
      title={title}
      // a mail is written for white paper, whatever theme it is read in
      className={cn('h-96 w-full rounded-md border bg-white', className)}
    />
  );
}
