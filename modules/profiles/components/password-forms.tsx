'use client';

import Link from 'next/link';
import { useState } from 'react';
import { FormNotice, FormProblem } from '@/components/form-notice';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { api } from '@/lib/api-client';
import { useApiForm } from '@/lib/use-api-form';

/** Asks for the mail with which a password is set anew. */
export function ForgotPasswordForm({ email }: { email?: string }) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useApiForm(
    async (values) => {
      await api('POST', '/api/auth/forgot-password', values);
      return values.email ?? '';
    },
    (address) => setSentTo(address),
  );
  return (
    <form method="post" noValidate onSubmit={form.onSubmit} className="grid gap-4">
      {sentTo ? (
        <FormNotice>
          If {sentTo} has an account, a mail with a link is on its way. The link works once and for one hour.
        </FormNotice>
      ) : null}
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
      <Button
        type="submit"
        size="lg"
        loading={form.pending}
        disabled={!form.isReady}
        variant={sentTo ? 'outline' : 'default'}
      >
        {sentTo ? 'Send it again' : 'Send the link'}
      </Button>
      <p className="text-sm">
        <Link href="/sign-in" className="text-muted-foreground hover:underline">
          Back to sign-in
        </Link>
      </p>
    </form>
  );
}

/** Sets the new password of whoever the mail's link signed in. */
export function ResetPasswordForm({ email }: { email: string }) {
  const form = useApiForm(
    ({ password }) => api<void>('POST', '/api/auth/reset-password', { password }),
    () => window.location.assign('/'),
  );
  return (
    <form method="post" noValidate onSubmit={form.onSubmit} className="grid gap-4">
      <FormProblem failure={form.failure} />
      {/* tells a password manager whose password this is */}
      <input type="text" name="username" autoComplete="username" defaultValue={email} readOnly hidden />
      <Field
        label="New password"
        error={form.errors.password}
        help="At least 8 characters. Sessions on other devices end."
      >
        {(control) => (
          <Input {...control} name="password" type="password" autoComplete="new-password" required />
        )}
      </Field>
      <Button type="submit" size="lg" loading={form.pending} disabled={!form.isReady}>
        Save the password
      </Button>
    </form>
  );
}
