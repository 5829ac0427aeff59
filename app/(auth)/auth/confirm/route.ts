import { route } from '@/lib/http/route';
import { confirmQuerySchema } from '@/modules/profiles/schema';
import { confirmLink } from '@/modules/profiles/service';

/** Where the links of auth mails lead: with `token_hash` and `type`, or with the `code` of a hosted project. */
export const GET = route({ access: 'public', query: confirmQuerySchema }, async ({ ctx, query }) => {
  const location = await confirmLink(ctx, query);
  return new Response(null, { status: 303, headers: { location, 'referrer-policy': 'no-referrer' } });
});
