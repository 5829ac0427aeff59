'use client';

import { CopyButton } from '@/components/copy-button';
import { FormNotice } from '@/components/form-notice';
import { RelativeTime } from '@/components/relative-time';
import type { IssuedInvitation } from '../types';

/** A link that is shown this once, and why it has to be handed over. */
export function IssuedLink({ issued }: { issued: IssuedInvitation }) {
  if (!issued.link) return null;
  const reason = {
    none: 'Whoever holds this link can join. It is shown only now.',
    off: 'Mail is not set up here (SMTP_URL), so hand over this link yourself. It is shown only now.',
    failed: 'The mail could not be sent. Hand over this link yourself, or send the invitation again later.',
    sent: '',
  }[issued.mail];
  return (
    <FormNotice>
      <p>
        {issued.email ? `${issued.email} is invited. ` : null}
        {reason}
      </p>
      <p className="mt-1.5 flex items-center gap-1 text-foreground">
        <input
          readOnly
          aria-label="Invitation link"
          value={issued.link}
          onFocus={(event) => event.target.select()}
          className="field h-8 min-w-0 flex-1 px-2 text-sm max-md:h-10"
        />
        <CopyButton value={issued.link} label="Copy the link" />
      </p>
      <p className="mt-1 text-xs">
        It works until it is withdrawn or ends <RelativeTime at={issued.expires_at} />.
      </p>
    </FormNotice>
  );
}
