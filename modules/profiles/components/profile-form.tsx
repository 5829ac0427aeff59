'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { FormProblem } from '@/components/form-notice';
import { notify } from '@/components/notify';
import { SettingsSection } from '@/components/settings-section';
import { TimeZoneSelect } from '@/components/time-zone-select';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeSelect } from '@/components/ui/native-select';
import { api } from '@/lib/api-client';
import { useApiForm } from '@/lib/use-api-form';
import { useHydrated } from '@/lib/use-hydrated';

/** The person's own name, phone, time zone, theme and password, the same in every workspace. */
export function ProfileForm({
  profile,
  zones,
}: {
  profile: { fullName: string; email: string; timeZone: string; phone: string };
  zones: readonly { region: string; zones: readonly string[] }[];
}) {
  const router = useRouter();
  const { theme, setTheme } = useTheme();
  // the server does not know the theme: it is kept in this browser
  const isMounted = useHydrated();
  const form = useApiForm(
    ({ full_name, time_zone, phone_e164 }) =>
      api('PATCH', '/api/profile', { full_name, time_zone, phone_e164 }),
    () => {
      notify.success('Profile saved');
      router.refresh();
    },
  );
  return (
    <>
      <SettingsSection title="Profile" description="The same in every workspace you are in.">
        <form method="post" noValidate onSubmit={form.onSubmit} className="grid gap-4">
          <FormProblem failure={form.failure} />
          <Field label="Name" error={form.errors.full_name}>
            {(control) => (
              <Input {...control} name="full_name" defaultValue={profile.fullName} autoComplete="name" />
            )}
          </Field>
          <Field label="E-mail" help="The address you sign in with.">
            {(control) => <Input {...control} type="email" value={profile.email} readOnly disabled />}
          </Field>
          <Field
            label="Your phone"
            error={form.errors.phone_e164}
            help="Rings first when you call from here, and takes the calls that are put through to you."
          >
            {(control) => (
              <Input
                {...control}
                type="tel"
                name="phone_e164"
                defaultValue={profile.phone}
                autoComplete="tel"
                placeholder="(512) 555-0142"
              />
            )}
          </Field>
          <Field label="Time zone" error={form.errors.time_zone} help="Times are shown in it.">
            {(control) => (
              <TimeZoneSelect {...control} name="time_zone" defaultValue={profile.timeZone} groups={zones} />
            )}
          </Field>
          <div className="flex justify-end">
            <Button type="submit" loading={form.pending} disabled={!form.isReady}>
              Save
            </Button>
          </div>
        </form>
      </SettingsSection>
      <SettingsSection title="Appearance" description="Kept in this browser.">
        <Field label="Theme">
          {(control) => (
            <NativeSelect
              {...control}
              value={isMounted ? theme : 'system'}
              onChange={(event) => setTheme(event.target.value)}
            >
              <option value="system">As the system</option>
              <option value="light">Light</option>
              <option value="dark">Dark</option>
            </NativeSelect>
          )}
        </Field>
      </SettingsSection>
      <SettingsSection title="Password" description="A new one is set through a link that we mail you.">
        <Button asChild variant="outline">
          <Link href={`/forgot-password?email=${encodeURIComponent(profile.email)}`}>
            Change the password
          </Link>
        </Button>
      </SettingsSection>
    </>
  );
}
