import { accepted } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { forgotPasswordSchema } from '@/modules/profiles/schema';
import { requestPasswordReset } from '@/modules/profiles/service';

export const POST = route({ access: 'public', body: forgotPasswordSchema }, async ({ ctx, body }) => {
  await requestPasswordReset(ctx, body.email);
  return accepted({});
});
