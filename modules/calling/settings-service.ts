import 'server-only';
import { AppError, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import type { Json } from '@/lib/supabase/database.types';
import type { Client } from '@/lib/supabase/server';
import { inspectStep } from '@/modules/campaigns/render';
import type { CallingSettings, FollowupSetup, SaveFollowups, UpdateCallingSettings } from './settings-schema';

/**
 * The rules of a workspace's calls and texts, as they hold.
 * @throws {AppError} `not_found` for who isn't a member
 */
export async function getCallingSettings(supabase: Client, workspace: string): Promise<CallingSettings> {
  return unwrap(await supabase.rpc('get_calling_settings', { workspace })) as unknown as CallingSettings;
}

/**
 * Changes some of the rules.
 * @returns all of them
 * @throws {AppError} `invalid` at `hours_end` where the day would end before it begins; `forbidden` for who isn't an admin
 */
export async function saveCallingSettings(
  ctx: Context,
  change: UpdateCallingSettings,
): Promise<CallingSettings> {
  if (change.hours_start !== undefined || change.hours_end !== undefined) {
    const now = await getCallingSettings(ctx.supabase, ctx.workspaceId);
    const { hours_start: start, hours_end: end } = { ...now, ...change };
    if (start >= end) {
      const field = change.hours_end === undefined ? 'hours_start' : 'hours_end';
      const message = field === 'hours_end' ? 'Later than the beginning' : 'Earlier than the end';
      throw new AppError('invalid', { userMessage: message, fields: { [field]: message } });
    }
  }
  const saved = await ctx.supabase.rpc('save_calling_settings', { workspace: ctx.workspaceId, change });
  return unwrap(saved) as unknown as CallingSettings;
}

/**
 * Which mail follows which outcome, and what can be chosen for it.
 * @throws {AppError} `not_found` for who isn't a member
 */
export async function getFollowups(supabase: Client, workspace: string): Promise<FollowupSetup> {
  return unwrap(await supabase.rpc('get_followup_rules', { workspace })) as unknown as FollowupSetup;
}

/**
 * Sets all rules at once. A template must have a subject, and ask for nothing that nobody has: such a mail would never go.
 * @returns what getFollowups answers
 * @throws {AppError} `invalid` at the template of a rule; `not_found` for a template or sender that isn't there
 */
export async function saveFollowups(ctx: Context, { rules }: SaveFollowups): Promise<FollowupSetup> {
  const { templates } = await getFollowups(ctx.supabase, ctx.workspaceId);
  const fields: Record<string, string> = {};
  for (const [index, rule] of rules.entries()) {
    const template = templates.find(({ id }) => id === rule.template_id);
    const problem = template && problemOf(template);
    if (problem) fields[`rules.${index}.template_id`] = problem;
  }
  const [first] = Object.values(fields);
  if (first) throw new AppError('invalid', { userMessage: first, fields });
  const saved = await ctx.supabase.rpc('save_followup_rules', {
    workspace: ctx.workspaceId,
    rules: rules as unknown as Json,
  });
  return unwrap(saved) as unknown as FollowupSetup;
}

function problemOf(template: FollowupSetup['templates'][number]): string | null {
  if (!template.subject.trim()) return `“${template.name}” has no subject`;
  const { unknown, errors } = inspectStep({
    subjects: [template.subject],
    sections: [{ id: 'body', kind: 'fixed', content: template.body }],
  });
  if (errors[0]) return `“${template.name}” can’t be read: ${errors[0]}`;
  if (unknown[0]) return `“${template.name}” asks for “${unknown[0]}”, which is no field`;
  return null;
}
