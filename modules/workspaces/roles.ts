/** The roles in words, for people. */
export const roleLabels = { owner: 'Owner', admin: 'Admin', member: 'Member' } as const;

/** What each role may do, for the help beside its choice. */
export const roleHelp = {
  owner: 'Everything, and hands the workspace over.',
  admin: 'Also invites, changes roles and settings, and reads the audit log.',
  member: 'Works with all records, lists and imports.',
} as const;

/**
 * Why somebody's role can't be changed by the person at the screen, or null where it can. The database has the last
 * word: policies and triggers of `workspace_members`.
 */
export function whyRoleIsFixed({
  myRole,
  theirRole,
  isMe,
}: {
  myRole: keyof typeof roleLabels;
  theirRole: keyof typeof roleLabels;
  isMe: boolean;
}): string | null {
  if (isMe) return 'Your own role changes under General: transfer ownership, or leave.';
  if (myRole === 'member') return 'Only admins and owners change roles and remove people.';
  if (myRole === 'admin' && theirRole === 'owner') return 'Only an owner changes an owner.';
  return null;
}
