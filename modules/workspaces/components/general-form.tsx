'use client';

import { useRouter } from 'next/navigation';
import { FormProblem } from '@/components/form-notice';
import { notify } from '@/components/notify';
import { SettingsSection } from '@/components/settings-section';
import { TimeZoneSelect } from '@/components/time-zone-select';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { api } from '@/lib/api-client';
import { useApiForm } from '@/lib/use-api-form';

/** Name, address and time zone of the workspace; members see them and who may change them. */
export function GeneralForm({
  workspaceId,
  workspace,
  zones,
  canEdit,
}: {
  workspaceId: string;
  workspace: { name: string; slug: string; timeZone: string };
  zones: readonly { region: string; zones: readonly string[] }[];
  canEdit: boolean;
}) {
  const router = useRouter();
  const form = useApiForm(
    (values) => api('PATCH', `/api/workspaces/${workspaceId}`, values),
    () => {
      notify.success('Workspace saved');
      router.refresh();
    },
  );
  return (
    <SettingsSection
      title="Workspace"
      description={canEdit ? undefined : 'Only admins and owners change these. Ask one of them.'}
    >
      <form method="post" noValidate onSubmit={form.onSubmit} className="grid gap-4">
        <FormProblem failure={form.failure} />
        <Field label="Name" error={form.errors.name}>
          {(control) => (
            <Input
              {...control}
              name="name"
              defaultValue={workspace.name}
              disabled={!canEdit}
              autoComplete="off"
            />
          )}
        </Field>
        <Field
          label="Short name"
          error={form.errors.slug}
          help="Names the workspace on the command line: small letters, digits and hyphens."
        >
          {(control) => (
            <Input
              {...control}
              name="slug"
              defaultValue={workspace.slug}
              disabled={!canEdit}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
        <Field label="Time zone" error={form.errors.time_zone} help="Where the team works.">
          {(control) => (
            <TimeZoneSelect
              {...control}
              name="time_zone"
              defaultValue={workspace.timeZone}
              disabled={!canEdit}
              groups={zones}
            />
          )}
        </Field>
        {canEdit ? (
          <div className="flex justify-end">
            <Button type="submit" loading={form.pending} disabled={!form.isReady}>
              Save
            </Button>
          </div>
        ) : null}
      </form>
    </SettingsSection>
  );
}
