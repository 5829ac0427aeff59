import type { Metadata } from 'next';
import { pageContext } from '@/lib/http/page-context';
import { CallsTabs } from '@/modules/calling/components/calls-tabs';
import { DoNotCall } from '@/modules/do-not-call/components/do-not-call';
import { listDoNotCall } from '@/modules/do-not-call/queries';
import { listDoNotCallSchema } from '@/modules/do-not-call/schema';

export const metadata: Metadata = { title: 'Do not call' };

/** Numbers that neither calls nor texts go to, with who said so, when and why. */
export default async function DoNotCallPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const [{ supabase, workspaceId }, { q }] = await Promise.all([pageContext(), searchParams]);
  const given = listDoNotCallSchema.safeParse(typeof q === 'string' ? { q } : {});
  const query = given.success ? given.data : listDoNotCallSchema.parse({});
  const first = await listDoNotCall(supabase, workspaceId, query);
  return <DoNotCall first={first} firstQuery={query.q} tabs={<CallsTabs />} />;
}
