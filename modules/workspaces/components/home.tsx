import { PageHeader } from '@/components/page-header';
import type { Role } from '@/lib/http/context';
import type { HomeSummary } from '../types';

/** The first page of a workspace. */
export function Home({ summary }: { summary: HomeSummary; role: Role }) {
  return <PageHeader title="Home" count={summary.people} />;
}
