import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { pageAccount } from '@/lib/http/page-account';
import { timeZoneGroups } from '@/lib/time-zone';
import { ProfileForm } from '@/modules/profiles/components/profile-form';

export const metadata: Metadata = { title: 'Profile' };

export default async function ProfileSettingsPage() {
  const account = await pageAccount();
  if (!account) redirect('/sign-in?next=%2Fsettings%2Fprofile');
  return (
    <ProfileForm
      profile={{ fullName: account.full_name, email: account.email, timeZone: account.time_zone }}
      zones={timeZoneGroups(account.time_zone)}
    />
  );
}
