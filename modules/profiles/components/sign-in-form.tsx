'use client';

import Link from 'next/link';
import { FormProblem } from '@/components/form-notice';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { api } from '@/lib/api-client';
import { withNext } from '@/lib/safe-next';
import { useApiForm } from '@/lib/use-api-form';

/**
 * E-mail and password. Goes on with a fresh page: nothing of another session may be left in the browser's memory.
 * @param next a path that went through safeNext()
 * @param email filled in where it is known, as from an invitation
 */
export function SignInForm({ next, email }: { next: string; email?: string }) {
  const form = useApiForm(
    (values) => api<void>('POST', '/api/auth/sign-in', values),
    () => window.location.assign(next),
  );
  return (
    <form method="post" noValidate onSubmit={form.onSubmit} className="grid gap-4">
      <FormProblem failure={form.failure} />
      <Field label="E-mail" error={form.errors.email}>
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            required
            defaultValue={email}
          />
        )}
      </Field>
      <Field label="Password" error={form.errors.password}>
        {(control) => (
          <Input {...control} name="password" type="password" autoComplete="current-password" required />
        )}
      </Field>
      <Button type="submit" size="lg" loading={form.pending} disabled={!form.isReady}>
        Sign in
      </Button>
      <p className="flex flex-wrap justify-between gap-2 text-sm">
        <Link href={withNext('/sign-up', next)} className="text-primary-text underline underline-offset-2">
          Create an account
        </Link>
        <Link href="/forgot-password" className="text-muted-foreground hover:underline">
          Forgot the password?
        </Link>
      </p>
    </form>
  );
}
