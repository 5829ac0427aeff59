'use client';

import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { api } from '@/lib/api-client';
import { useApiForm } from '@/lib/use-api-form';

/** A new workspace with the caller as its owner, in the time zone of the browser. */
export function CreateWorkspaceForm({ cancelHref }: { cancelHref?: string }) {
  const form = useApiForm(
    ({ name }) =>
      api('POST', '/api/workspaces', { name, time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
    () => window.location.assign('/'),
  );
  return (
    <form method="post" noValidate onSubmit={form.onSubmit} className="grid gap-4">
      <Field label="Workspace name" error={form.errors.name ?? (form.failure.message || undefined)}>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="organization"
            required
            placeholder="Northlight Capital"
          />
        )}
      </Field>
      <div className="grid gap-2">
        <Button type="submit" size="lg" loading={form.pending} disabled={!form.isReady}>
          Create the workspace
        </Button>
        {cancelHref ? (
          <Button asChild variant="ghost" size="lg">
            <Link href={cancelHref}>Cancel</Link>
          </Button>
        ) : null}
      </div>
    </form>
  );
}
