import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { resetPasswordSchema } from '@/modules/profiles/schema';
import { requireCookies, setPassword } from '@/modules/profiles/service';

export const POST = route({ access: 'public', body: resetPasswordSchema }, async ({ ctx, body, request }) => {
  requireCookies(request);
  await setPassword(ctx, body.password);
  return noContent();
});
