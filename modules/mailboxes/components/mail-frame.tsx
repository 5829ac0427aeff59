/** Nothing is fetched from elsewhere, whoever's page it stands in: a picture would tell its sender that the mail was read. */
const policy =
  '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'"><style>body{font:14px/1.5 system-ui,sans-serif;margin:12px;overflow-wrap:anywhere}</style>';

/**
 * Somebody else's HTML where it can do nothing: no script, no form, no link that leads this window away.
 * @param html sanitised by the server
 */
export function MailFrame({ html }: { html: string }) {
  return (
    <iframe
      sandbox=""
      srcDoc={policy + html}
      title="The mail as it was written"
      // a mail is written for white paper, whatever theme it is read in
      className="h-72 w-full rounded-md border bg-white"
    />
  );
}
