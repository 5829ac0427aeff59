/** The roles in words, for people. */
export const roleLabels = { owner: 'Owner', admin: 'Admin', member: 'Member' } as const;

/** What each role may do, for the help beside its choice. */
export const roleHelp = {
  owner: 'Everything, and hands the workspace over.',
  admin: 'Also invites, changes roles and settings, and reads the audit log.',
  member: 'Works with all records, lists and imports.',
} as const;
