import { z } from 'zod';
import { readBody } from '@/lib/http/read-body';
import { route } from '@/lib/http/route';
import { unsubscribe } from '@/modules/sending/unsubscribe';

/** `List-Unsubscribe=One-Click` and the little that multipart puts around it. */
const maxBodyBytes = 16 * 1024;

/**
 * What `proxy.ts` makes of a POST to a mail's link, `/u/[token]`: a mail program's one click gets an answer in plain text, a
 * person is led back to the page, which says what is now so.
 * @see https://www.rfc-editor.org/rfc/rfc8058#section-3.2
 */
export const POST = route(
  { access: 'public', params: z.object({ token: z.string().max(100) }) },
  async ({ ctx, params, request }) => {
    const isOneClick = /List-Unsubscribe["\s\S]*One-Click/i.test(await readBody(request, maxBodyBytes));
    const done = await unsubscribe(ctx.supabase, params.token, isOneClick ? 'one_click' : 'page');
    if (isOneClick) {
      const said = done ? `${done.address} is unsubscribed.\n` : 'There is no such link.\n';
      return new Response(said, { status: done ? 200 : 404, headers: { 'content-type': 'text/plain' } });
    }
    return new Response(null, {
      status: 303,
      headers: { location: `/u/${encodeURIComponent(params.token)}` },
    });
  },
);
