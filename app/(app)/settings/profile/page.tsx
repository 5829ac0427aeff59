import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { formatPhone } from '@/lib/format-phone';
import { pageAccount, pageSession } from '@/lib/http/page-account';
import { timeZoneGroups } from '@/lib/time-zone';
import { ProfileForm } from '@/modules/profiles/components/profile-form';
import { findOwnPhone } from '@/modules/profiles/queries';

export const metadata: Metadata = { title: 'Profile' };

export default async function ProfileSettingsPage() {
  const [account, session] = await Promise.all([pageAccount(), pageSession()]);
  if (!account || !session) redirect('/sign-in?next=%2Fsettings%2Fprofile');
  const phone = await findOwnPhone(session.supabase, session.userId);
  return (
    <ProfileForm
      profile={{
        fullName: account.full_name,
        email: account.email,
        timeZone: account.time_zone,
        phone: phone ? formatPhone(phone) : '',
      }}
      zones={timeZoneGroups(account.time_zone)}
    />
  );
}
