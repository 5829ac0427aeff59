import { ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { listAuditLog } from '@/modules/workspaces/queries';
import { auditQuerySchema } from '@/modules/workspaces/schema';

export const GET = route({ access: 'admin', query: auditQuerySchema }, async ({ ctx, query }) =>
  ok(await listAuditLog(ctx.supabase, ctx.workspaceId, query)),
);
