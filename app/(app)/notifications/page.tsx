import type { Metadata } from 'next';
import { NotificationList } from '@/modules/notifications/components/notification-list';

export const metadata: Metadata = { title: 'Notifications' };

/** What the person was told. */
export default function NotificationsPage() {
  return <NotificationList />;
}
