/**
 * A mail's body. HTML stands in a frame that may neither run scripts, nor send forms, nor load anything but what is in it
 * and pictures: it was written for a mail program, and is nobody's to trust.
 */
export function MailBody({ html, text, title }: { html: string | null; text: string | null; title: string }) {
  if (html !== null) {
    return (
      <iframe
        title={title}
        sandbox=""
        referrerPolicy="no-referrer"
        srcDoc={`<!doctype html><meta charset="utf-8"><meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data: https:"><base target="_blank"><style>:root{color-scheme:light;background:#fff}body{font:14px/1.5 system-ui,sans-serif;margin:16px;overflow-wrap:anywhere}</style>${html}`}
        className="h-96 w-full rounded-lg border bg-white"
      />
    );
  }
  if (text !== null) {
    return (
      <pre className="whitespace-pre-wrap break-words rounded-lg border bg-background px-4 py-3 font-sans text-sm">
        {text}
      </pre>
    );
  }
  return (
    <p className="rounded-lg border border-dashed px-4 py-3 text-muted-foreground text-sm">
      Its text is not written yet.
    </p>
  );
}
