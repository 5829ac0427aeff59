import { KeyRound } from 'lucide-react';
import Link from 'next/link';

/** The way from a person or an organization to the owner that stands on it: outreach, next step and properties are there. */
export function OwnerLink({ id }: { id: string }) {
  return (
    <Link
      href={`/owners/${id}`}
      prefetch={false}
      className="inline-flex min-h-6 shrink-0 items-center whitespace-nowrap gap-1 rounded-sm text-sm underline-offset-2 hover:underline"
    >
      <KeyRound aria-hidden className="size-3.5 text-muted-foreground" />
      Owner page
    </Link>
  );
}
