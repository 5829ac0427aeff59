import type { ReactNode } from 'react';

/** A page with one thing on it and no shell around it: sign-in, an invitation, the first workspace. */
export function PlainFrame({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center px-4 py-12">
      <p className="mb-6 flex items-center gap-2 font-semibold text-lg tracking-[-0.01em]">
        <Mark />
        Freehold
      </p>
      {children}
    </main>
  );
}

function Mark() {
  return (
    <svg aria-hidden viewBox="0 0 32 32" className="size-6" fill="none">
      <rect width="32" height="32" rx="7" className="fill-primary" />
      <path
        d="M8 16.5 16 9l8 7.5M11 15v8h10v-8"
        className="stroke-primary-foreground"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** Title and one sentence above the form. */
export function PlainTitle({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <header className="mb-5">
      <h1 className="text-balance font-semibold text-xl tracking-[-0.01em]">{title}</h1>
      {children ? <p className="mt-1 text-muted-foreground">{children}</p> : null}
    </header>
  );
}
