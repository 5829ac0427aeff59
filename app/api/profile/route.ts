import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { findOwnPhone } from '@/modules/profiles/queries';
import { updateProfileSchema } from '@/modules/profiles/schema';
import { updateProfile } from '@/modules/profiles/service';
import { getAccount } from '@/modules/workspaces/queries';

export const GET = route({ access: 'user' }, async ({ ctx }) => {
  const { user_id, full_name, email, time_zone } = await getAccount(ctx.supabase);
  const phone_e164 = await findOwnPhone(ctx.supabase, user_id);
  return ok({ user_id, full_name, email, time_zone, phone_e164 });
});

export const PATCH = route({ access: 'user', body: updateProfileSchema }, async ({ ctx, body }) =>
  ok(await updateProfile(ctx, body)),
);
