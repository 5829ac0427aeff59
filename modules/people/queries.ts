import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import type { Client } from '@/lib/supabase/server';
import { displayPhone, listRecords, type Page, withPhoneDisplay } from '@/modules/records/queries';
import type { ListQuery } from '@/modules/records/schema';
import { requireId } from '@/modules/records/service';
import type { PersonDetail, PersonRow, Suggestion } from './schema';

/** One page of people, phones with their `display`. One round trip. */
export async function listPeople(
  supabase: Client,
  workspaceId: string,
  query: ListQuery,
): Promise<Page<PersonRow>> {
  const page = await listRecords<PersonRow>(supabase, workspaceId, 'people', query);
  return { ...page, rows: withPhoneDisplay(page.rows) };
}

/**
 * A person with all that hangs on them, or null. A deleted one is found, with `deleted_at` set.
 */
export async function findPerson(
  supabase: Client,
  workspaceId: string,
  id: string,
): Promise<PersonDetail | null> {
  const data = unwrap(await supabase.rpc('get_person', { workspace: workspaceId, person: id }));
  const person = data as unknown as PersonDetail | null;
  for (const phone of person?.phones ?? []) phone.display = displayPhone(phone.e164);
  return person;
}

/** As findPerson. @throws {AppError} `not_found`, also for an id that can't be one */
export async function getPerson(supabase: Client, workspaceId: string, id: string): Promise<PersonDetail> {
  const person = await findPerson(supabase, workspaceId, requireId(id));
  if (!person) throw new AppError('not_found', { userMessage: 'Not found' });
  return person;
}

/** Who could be the same person, as imports suggested and nobody has dismissed; at most 10, deleted people left out. */
export async function listSuggestions(
  supabase: Client,
  workspaceId: string,
  id: string,
): Promise<Suggestion[]> {
  const rows = unwrap(
    await supabase
      .from('merge_suggestions')
      .select('id, person_id, other_person_id, reason')
      .eq('workspace_id', workspaceId)
      .is('dismissed_at', null)
      .or(`person_id.eq.${requireId(id)},other_person_id.eq.${id}`)
      .order('created_at')
      .limit(10),
  );
  if (rows.length === 0) return [];
  const others = rows.map((row) => (row.person_id === id ? row.other_person_id : row.person_id));
  const people = unwrap(
    await supabase
      .from('people')
      .select('id, display_name, title')
      .eq('workspace_id', workspaceId)
      .in('id', others)
      .is('deleted_at', null),
  );
  return rows.flatMap((row, index) => {
    const person = people.find((each) => each.id === others[index]);
    if (!person) return [];
    return [
      {
        id: row.id,
        reason: row.reason,
        person: { id: person.id, name: person.display_name, title: person.title },
      },
    ];
  });
}
