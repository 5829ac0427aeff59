import { created, ok } from '@/lib/http/respond';
import { route } from '@/lib/http/route';
import { peopleList } from '@/modules/people/domain';
import { listPeople } from '@/modules/people/queries';
import { createPersonSchema } from '@/modules/people/schema';
import { createPerson } from '@/modules/people/service';
import { listQuerySchema } from '@/modules/records/schema';

/** One page of people: `{ rows, nextCursor }`. */
export const GET = route({ access: 'query', query: listQuerySchema(peopleList) }, async ({ ctx, query }) =>
  ok(await listPeople(ctx.supabase, ctx.workspaceId, query)),
);

/** A new person: `{ id, points }`, each point with who else has it. */
export const POST = route({ access: 'member', body: createPersonSchema }, async ({ ctx, body }) =>
  created(await createPerson(ctx, body)),
);
