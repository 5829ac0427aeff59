import { MailFrame } from '@/components/mail-frame';

/** A mail's body as it went or will go: its HTML in a frame, or its text. */
export function MailBody({ html, text, title }: { html: string | null; text: string | null; title: string }) {
  if (html !== null) return <MailFrame html={html} title={title} />;
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
