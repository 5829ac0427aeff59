import Link from 'next/link';
import { CopyButton } from '@/components/copy-button';
import { lineTypeWords } from '@/modules/contact-points/domain';
import type { TextPhone } from '../answers';

const named = 4;

/** The number that is written with, and who else is behind it: whoever writes must know who may read. */
export function ThreadHead({ self, phone }: { self: string; phone: TextPhone }) {
  const others = phone.people.filter(({ id }) => id !== self);
  const kind = phone.label ?? (phone.line_type ? lineTypeWords[phone.line_type] : null);
  return (
    <div className="text-sm">
      <p className="flex items-center gap-1.5">
        <span className="font-medium tabular-nums">{phone.display}</span>
        {kind ? <span className="text-muted-foreground text-xs">{kind}</span> : null}
        <CopyButton value={phone.e164} label={`Copy ${phone.e164}`} />
      </p>
      {others.length > 0 ? (
        <p className="text-muted-foreground text-xs">
          {others.slice(0, named).map(({ id, name }, index) => (
            <span key={id}>
              {index > 0 ? ', ' : null}
              <Link
                href={`/people/${id}`}
                prefetch={false}
                className="underline underline-offset-2 hover:text-foreground"
              >
                {name ?? 'No name'}
              </Link>
            </span>
          ))}
          {others.length > named ? ` and ${others.length - named} more` : null}
          {others.length === 1 ? ' shares this number.' : ' share this number.'}
        </p>
      ) : null}
    </div>
  );
}
