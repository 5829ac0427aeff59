import { created } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { signFilesSchema } from '@/modules/files/schema';
import { signUploads } from '@/modules/files/service';

/** Where to upload one file, or several (premium): `{ uploads }`. */
export const POST = route({ access: 'member', body: signFilesSchema }, async ({ ctx, body }) =>
  created({ uploads: await signUploads(ctx, body) }),
);
