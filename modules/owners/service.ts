import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import { namedTogether } from '@/modules/contact-points/domain';
import { readPoint } from '@/modules/contact-points/service';
import { requireId } from '@/modules/records/service';
import { typedName } from './domain';
import { getOwnerBundle } from './queries';
import type {
  AddContact,
  CreatedOwner,
  CreateOwner,
  FoundParty,
  OwnerBundle,
  UpdateContact,
  UpdateOwner,
} from './schema';

const notFound = () => new AppError('not_found', { userMessage: 'Not found' });

type Unclear = { unclear: { field: 'email' | 'phone' | 'both'; names: (string | null)[] } };

/** Why somebody can't be told from what was typed, at the field that is shared. */
function unclear({ unclear: { field, names } }: Unclear): AppError {
  const known = namedTogether(names.map((name) => name ?? 'somebody without a name'));
  const message =
    field === 'both'
      ? `The e-mail is ${names[0] ?? 'somebody else'}’s, the phone ${names[1] ?? 'somebody else'}’s. Leave one of them out.`
      : `${known} share this ${field === 'phone' ? 'number' : 'address'}. Say which of them it is.`;
  const fields = field === 'both' ? { email: message, phone: message } : { [field]: message };
  return new AppError('conflict', { userMessage: message, fields });
}

function pointsOf({ email, phone }: { email?: string | null; phone?: string | null }) {
  const readPhone = phone ? readPoint('phone', phone, 'phone') : null;
  return {
    email: email ? readPoint('email', email, 'email').value : null,
    phone: readPhone?.value ?? null,
    line_type: readPhone?.lineType ?? null,
  };
}

/**
 * Makes an owner, once for each party: an e-mail or phone that is known finds the person or organization, an
 * organization's exact name finds it too; the owner that stands on it already comes back. Two at once end with one owner.
 * @throws {AppError} `invalid` at the field; `conflict` at the e-mail or phone that several share; `not_found` for a party
 *   or assignee that isn't in this workspace
 */
export async function createOwner(ctx: Context, owner: CreateOwner): Promise<CreatedOwner> {
  const made = unwrap(
    await ctx.supabase.rpc('create_owner', {
      workspace: ctx.workspaceId,
      owner: { ...owner, ...pointsOf(owner), ...typedName(owner.name) },
    }),
  ) as unknown as CreatedOwner | Unclear;
  if ('unclear' in made) throw unclear(made);
  return made;
}

/** Changes fields of an owner; answers it whole. @throws {AppError} `not_found`, also for a deleted one */
export async function updateOwner(ctx: Context, id: string, change: UpdateOwner): Promise<OwnerBundle> {
  const rows = unwrap(
    await ctx.supabase
      .from('owners')
      .update(change)
      .eq('workspace_id', ctx.workspaceId)
      .eq('id', requireId(id))
      .is('deleted_at', null)
      .select('id'),
  );
  if (rows.length === 0) throw notFound();
  return getOwnerBundle(ctx.supabase, ctx.workspaceId, id);
}

/**
 * Adds somebody who speaks for an owner; a known e-mail or phone finds the person. Repeating it changes role, channel and
 * notes.
 * @throws {AppError} `invalid` at the field; `conflict` at a point that several share; `not_found`
 */
export async function addContact(
  ctx: Context,
  owner: string,
  { name, ...contact }: AddContact,
): Promise<{ id: string; person_id: string; found: FoundParty | null }> {
  const added = unwrap(
    await ctx.supabase.rpc('add_owner_contact', {
      workspace: ctx.workspaceId,
      owner: requireId(owner),
      contact: { ...contact, ...pointsOf(contact), ...(name && { name, ...typedName(name) }) },
    }),
  ) as unknown as { id: string; person_id: string; found: FoundParty | null } | Unclear;
  if ('unclear' in added) throw unclear(added);
  return added;
}

/** Changes what a contact is to the owner. @throws {AppError} `not_found` */
export async function updateContact(
  ctx: Context,
  owner: string,
  { contact, ...change }: UpdateContact,
): Promise<void> {
  const rows = unwrap(
    await ctx.supabase
      .from('owner_contacts')
      .update(change)
      .match({ workspace_id: ctx.workspaceId, owner_id: requireId(owner), id: contact })
      .select('id'),
  );
  if (rows.length === 0) throw notFound();
}

/** Takes a contact from an owner; the person stays. @throws {AppError} `not_found` */
export async function removeContact(ctx: Context, owner: string, contact: string): Promise<void> {
  const rows = unwrap(
    await ctx.supabase
      .from('owner_contacts')
      .delete()
      .match({ workspace_id: ctx.workspaceId, owner_id: requireId(owner), id: contact })
      .select('id'),
  );
  if (rows.length === 0) throw notFound();
}

/**
 * Opens the conversation with an owner, about a property or about none in particular: the one there is, else a new one.
 * @throws {AppError} `not_found` for an owner or property that isn't in this workspace
 */
export async function openThread(
  ctx: Context,
  owner: string,
  property: string | null,
): Promise<{ id: string; conversation_id: string; created: boolean }> {
  const thread = unwrap(
    await ctx.supabase.rpc('open_thread', {
      workspace: ctx.workspaceId,
      owner: requireId(owner),
      ...(property && { property }),
    }),
  );
  return thread as unknown as { id: string; conversation_id: string; created: boolean };
}
