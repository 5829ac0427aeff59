import { Paperclip } from 'lucide-react';
import { formatCount } from '@/lib/format';

/** The files that came along with a mail, and where they are: they stay in the mailbox. */
export function MailAttachments({ names, mailbox }: { names: readonly string[]; mailbox: string | null }) {
  if (names.length === 0) return null;
  return (
    <p className="mt-2 flex items-start gap-1.5 text-muted-foreground text-sm">
      <Paperclip aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span className="min-w-0 break-words">
        {names.join(', ')}: {formatCount(names.length, 'file')} to be opened in {mailbox ?? 'the mailbox'}
      </span>
    </p>
  );
}
