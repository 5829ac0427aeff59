/** Makes people and records that no other test has: every name and address is new, so order never matters. */
import { faker } from '@faker-js/faker';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import ws from 'ws';
import type { Database } from '../../lib/supabase/database.types';
import { sql } from './db';
import { testStack } from './stack';

export type TestClient = SupabaseClient<Database>;
export type Role = 'owner' | 'admin' | 'member';

/** Somebody with an account. */
export type Actor = {
  userId: string;
  email: string;
  password: string;
  fullName: string;
  /** A Supabase access token, for `Authorization: Bearer`. */
  token: string;
  /** The Data API as this person. */
  supabase: TestClient;
};

export type Workspace = { id: string; name: string; slug: string };

/** Everybody a guarantee of one workspace speaks of. */
export type Cast = {
  workspace: Workspace;
  owner: Actor;
  admin: Actor;
  member: Actor;
  /** Owns another workspace; no member of this one. */
  stranger: Actor;
  otherWorkspace: Workspace;
};

let count = 0;

/** A word that no other row of any run holds: letters and digits, lower case. */
export function unique(): string {
  count += 1;
  return `${process.pid.toString(36)}${Date.now().toString(36)}${count.toString(36)}`;
}

/** An e-mail address nobody has. */
export const uniqueEmail = () => `${unique()}@mail.example`;

let phoneCount = 0;

/** A fictional American number (555-01xx is never given out) that is new within this process's workspace, in E.164. */
export function uniquePhone(): string {
  phoneCount += 1;
  const areas = [
    '212',
    '305',
    '312',
    '404',
    '415',
    '512',
    '602',
    '702',
    '713',
    '720',
    '206',
    '617',
    '215',
    '214',
    '313',
  ];
  const area = areas[Math.floor(phoneCount / 100) % areas.length];
  return `+1${area}55501${String(phoneCount % 100).padStart(2, '0')}`;
}

/** A Data API client for nobody in particular, or for whoever signs in with it. */
export function anonymousClient(): TestClient {
  const { url, publishableKey } = testStack();
  return createClient<Database>(url, publishableKey, {
    auth: { persistSession: false, autoRefreshToken: false },
    realtime: { transport: ws as unknown as typeof WebSocket },
  });
}

/** Signs a new person up. */
export async function signUp(options: { fullName?: string; email?: string } = {}): Promise<Actor> {
  const supabase = anonymousClient();
  const fullName = options.fullName ?? faker.person.fullName();
  const email = options.email ?? uniqueEmail();
  const password = `correct horse ${unique()}`;
  const { data, error } = await supabase.auth.signUp({
    email,
    password,
    options: { data: { full_name: fullName } },
  });
  if (error || !data.session) throw error ?? new Error('sign-up gave no session');
  return {
    userId: data.session.user.id,
    email,
    password,
    fullName,
    token: data.session.access_token,
    supabase,
  };
}

/** Makes a workspace that the actor owns. */
export async function createWorkspace(owner: Actor, name = `Team ${unique()}`): Promise<Workspace> {
  const { data, error } = await owner.supabase.rpc('create_workspace', { workspace_name: name });
  if (error) throw error;
  return data as Workspace;
}

/** Makes somebody, new where none is given, a member of a workspace. */
export async function addMember(workspace: Workspace, role: Role = 'member', actor?: Actor): Promise<Actor> {
  const joining = actor ?? (await signUp());
  await sql()`insert into workspace_members (workspace_id, user_id, role) values (${workspace.id}, ${joining.userId}, ${role})`;
  return joining;
}

/** A workspace with an owner, an admin and a member, and a stranger who owns another one. */
export async function createCast(): Promise<Cast> {
  const [owner, stranger] = await Promise.all([signUp(), signUp()]);
  const [workspace, otherWorkspace] = await Promise.all([createWorkspace(owner), createWorkspace(stranger)]);
  const [admin, member] = await Promise.all([addMember(workspace, 'admin'), addMember(workspace, 'member')]);
  return { workspace, owner, admin, member, stranger, otherWorkspace };
}

/** What `create_person` takes; contact points by their value. */
export type PersonInput = {
  first_name?: string;
  last_name?: string;
  title?: string;
  lead_status?: string;
  tags?: string[];
  city?: string;
  state?: string;
  assigned_to?: string;
  phones?: string[];
  emails?: string[];
  linkedin?: string[];
  organizations?: { id?: string; name?: string; title?: string }[];
};

/** Makes a person with organizations and contact points, as the actor. */
export async function createPerson(
  actor: Actor,
  workspace: Workspace,
  input: PersonInput = {},
): Promise<{ id: string }> {
  const { phones, emails, linkedin, ...rest } = input;
  const values = (list: string[] = []) => list.map((value) => ({ value }));
  const person = {
    first_name: faker.person.firstName(),
    last_name: `${faker.person.lastName()} ${unique()}`,
    ...rest,
    phones: values(phones),
    emails: values(emails),
    linkedin: values(linkedin),
  };
  const { data, error } = await actor.supabase.rpc('create_person', { workspace: workspace.id, person });
  if (error) throw error;
  return data as { id: string };
}

/** Makes an organization, as the actor. */
export async function createOrganization(
  actor: Actor,
  workspace: Workspace,
  input: Partial<Database['public']['Tables']['organizations']['Insert']> = {},
): Promise<{ id: string; name: string }> {
  const { data, error } = await actor.supabase
    .from('organizations')
    .insert({ workspace_id: workspace.id, name: `${faker.company.name()} ${unique()}`, ...input })
    .select('id, name')
    .single();
  if (error) throw error;
  return data;
}

/** Makes a property, as the actor. */
export async function createProperty(
  actor: Actor,
  workspace: Workspace,
  input: Partial<Database['public']['Tables']['properties']['Insert']> = {},
): Promise<{ id: string; name: string | null }> {
  const { data, error } = await actor.supabase
    .from('properties')
    .insert({
      workspace_id: workspace.id,
      name: `${faker.location.street()} Lofts ${unique()}`,
      address: faker.location.streetAddress(),
      city: 'Austin',
      state: 'TX',
      ...input,
    })
    .select('id, name')
    .single();
  if (error) throw error;
  return data;
}
