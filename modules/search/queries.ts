import 'server-only';
import { unwrap } from '@/lib/errors';
import type { Client } from '@/lib/supabase/server';
import { displayPhone } from '@/modules/records/queries';
import type { Found } from './schema';

/**
 * Records by any fragment of a name, e-mail, phone in any format, organization or address. One round trip; the database
 * checks membership.
 */
export async function searchRecords(
  supabase: Client,
  workspaceId: string,
  { q, limit }: { q: string; limit: number },
): Promise<Found> {
  const found = unwrap(
    await supabase.rpc('search', { workspace: workspaceId, query: q, max_rows: limit }),
  ) as unknown as Found;
  for (const person of found.people) {
    if (person.matched === 'phone' && person.value) person.display = displayPhone(person.value);
  }
  return found;
}
