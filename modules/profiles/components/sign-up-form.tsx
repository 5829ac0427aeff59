'use client';

import Link from 'next/link';
import { useState } from 'react';
import { FormNotice, FormProblem } from '@/components/form-notice';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { api } from '@/lib/api-client';
import { withNext } from '@/lib/safe-next';
import { useApiForm } from '@/lib/use-api-form';

/**
 * Makes an account and goes on, or says that a mail has to be followed first.
 * @param next a path that went through safeNext()
 * @param email filled in where it is known, as from an invitation
 */
export function SignUpForm({ next, email }: { next: string; email?: string }) {
  const [confirming, setConfirming] = useState<string | null>(null);
  const form = useApiForm(
    async (values) => {
      const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const answer = await api<{ needs_confirmation: boolean }>('POST', '/api/auth/sign-up', {
        ...values,
        time_zone,
        next,
      });
      return { ...answer, email: values.email ?? '' };
    },
    (answer) => {
      if (answer.needs_confirmation) setConfirming(answer.email);
      else window.location.assign(next);
    },
  );
  if (confirming) {
    return (
      <FormNotice>
        A mail is on its way to {confirming}. Follow its link to finish signing up; it works once and for one
        hour.
      </FormNotice>
    );
  }
  return (
    <form method="post" noValidate onSubmit={form.onSubmit} className="grid gap-4">
      <FormProblem failure={form.failure} />
      <Field label="Your name" error={form.errors.full_name}>
        {(control) => <Input {...control} name="full_name" autoComplete="name" required />}
      </Field>
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
      <Field label="Password" error={form.errors.password} help="At least 8 characters.">
        {(control) => (
          <Input {...control} name="password" type="password" autoComplete="new-password" required />
        )}
      </Field>
      <Button type="submit" size="lg" loading={form.pending} disabled={!form.isReady}>
        Create the account
      </Button>
      <p className="text-muted-foreground text-sm">
        You have an account?{' '}
        <Link href={withNext('/sign-in', next)} className="text-primary-text underline underline-offset-2">
          Sign in
        </Link>
      </p>
    </form>
  );
}
