import { created } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { signUpSchema } from '@/modules/profiles/schema';
import { requireCookies, signUp } from '@/modules/profiles/service';

export const POST = route({ access: 'public', body: signUpSchema }, async ({ ctx, body, request }) => {
  requireCookies(request);
  return created(await signUp(ctx, body));
});
