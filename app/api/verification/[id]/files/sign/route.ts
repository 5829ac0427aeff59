import { created } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { signCardFileSchema } from '@/modules/files/schema';
import { signUploads } from '@/modules/files/service';
import { idParams } from '@/modules/records/schema';
import { requireId } from '@/modules/records/service';

/** Where to upload one file of a card: `{ id, path, signedUrl }`. */
export const POST = route(
  { access: 'member', params: idParams, body: signCardFileSchema },
  async ({ ctx, params, body: { filename, size = 1 } }) => {
    const [upload] = await signUploads(ctx, {
      // its real size is looked at when it is there
      files: [{ title: filename, size }],
      verification_id: requireId(params.id),
    });
    return created({ id: upload?.id, path: upload?.path, signedUrl: upload?.uploadUrl });
  },
);
