import type { Metadata } from 'next';
import { MyTasks } from '@/modules/tasks/components/my-tasks';

export const metadata: Metadata = { title: 'Tasks' };

/** What the person is to do. */
export default function TasksPage() {
  return <MyTasks />;
}
