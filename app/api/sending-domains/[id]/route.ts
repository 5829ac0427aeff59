import { noContent } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { idParams } from '@/modules/records/schema';
import { updateDomainSchema } from '@/modules/sending/schema';
import { removeDomain, updateDomain } from '@/modules/sending/settings-service';

/** Changes a domain's pace, or pauses and resumes it. */
export const PATCH = route(
  { access: 'admin', params: idParams, body: updateDomainSchema },
  async ({ ctx, params, body }) => {
    await updateDomain(ctx, params.id, body);
    return noContent();
  },
);

/** Removes a domain; its waiting mails move to the others. */
export const DELETE = route({ access: 'admin', params: idParams }, async ({ ctx, params }) => {
  await removeDomain(ctx, params.id);
  return noContent();
});
