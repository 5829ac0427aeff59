import { route } from '@/lib/http/route';
import { viewQuery } from '@/modules/files/schema';
import { viewAddress } from '@/modules/files/service';

/** Leads to a file of one of the caller's workspaces, by an address that is good for a minute. */
export const GET = route({ access: 'user', query: viewQuery }, async ({ ctx, query }) => {
  const location = await viewAddress(ctx, { ...query, download: query.download === 'yes' });
  return new Response(null, { status: 302, headers: { location, 'referrer-policy': 'no-referrer' } });
});
