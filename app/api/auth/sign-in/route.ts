import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { signInSchema } from '@/modules/profiles/schema';
import { requireCookies, signIn } from '@/modules/profiles/service';

export const POST = route({ access: 'public', body: signInSchema }, async ({ ctx, body, request }) => {
  requireCookies(request);
  await signIn(ctx, body);
  return noContent();
});
