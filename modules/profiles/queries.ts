import 'server-only';
import { unwrap } from '@/lib/errors';
import type { Client } from '@/lib/supabase/server';

/** The phone of somebody's own that rings when they call from here, in E.164; null: none is set. */
export async function findOwnPhone(supabase: Client, userId: string): Promise<string | null> {
  const found = await supabase.from('profiles').select('phone_e164').eq('user_id', userId).maybeSingle();
  return unwrap(found)?.phone_e164 ?? null;
}
