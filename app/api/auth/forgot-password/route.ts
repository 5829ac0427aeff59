import { accepted } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { forgotPasswordSchema } from '@/modules/profiles/schema';
import { requestPasswordReset, requireCookies } from '@/modules/profiles/service';

export const POST = route(
  { access: 'public', body: forgotPasswordSchema },
  async ({ ctx, body, request }) => {
    requireCookies(request);
    await requestPasswordReset(ctx, body.email);
    return accepted({});
  },
);
