/**
 * A mail's HTML where it can do nothing: no script, no form, no link that leads this window away. The page's own policy
 * holds inside as well, so pictures from elsewhere stay unloaded.
 */
export function MailFrame({ html, title }: { html: string; title: string }) {
  return (
    <iframe
      sandbox=""
      srcDoc={html}
      title={title}
      // a mail is written for white paper, whatever theme it is read in
      className="h-120 w-full rounded-md border bg-white"
    />
  );
}
