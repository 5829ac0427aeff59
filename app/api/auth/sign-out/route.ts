import { cookies } from 'next/headers';
import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { workspaceCookie } from '@/lib/http/workspace-cookie';
import { requireCookies, signOut } from '@/modules/profiles/service';

export const POST = route({ access: 'public' }, async ({ ctx, request }) => {
  requireCookies(request);
  await signOut(ctx);
  (await cookies()).delete(workspaceCookie);
  return noContent();
});
