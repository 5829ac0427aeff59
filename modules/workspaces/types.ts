/** Shapes that the API answers and the components show. */

export type Member = {
  user_id: string;
  role: 'owner' | 'admin' | 'member';
  joined_at: string;
  full_name: string;
  email: string;
};

export type Invitation = {
  id: string;
  /** null: a link, good for whoever holds it. */
  email: string | null;
  role: 'admin' | 'member';
  expires_at: string;
  created_at: string;
  /** When a link last brought somebody in. */
  last_used_at: string | null;
  invited_by: string | null;
  is_expired: boolean;
};

/**
 * What became of a new invitation. `link` is there where no mail went out (for links always, for addresses where mail is
 * off or failed); it can't be shown again.
 */
export type IssuedInvitation = {
  id: string;
  email: string | null;
  role: 'admin' | 'member';
  expires_at: string;
  mail: 'sent' | 'off' | 'failed' | 'none';
  link: string | null;
};

/** What anybody who holds the token may see. */
export type InvitationPreview = {
  workspace_name: string;
  email: string | null;
  role: 'admin' | 'member';
  expires_at: string;
  invited_by: string | null;
  state: 'open' | 'accepted' | 'revoked' | 'expired';
};

export type AuditEntry = {
  id: string;
  at: string;
  /** `<table>.<created|updated|deleted|…>` */
  action: string;
  entity: string;
  entity_id: string | null;
  /** What the record is called now; null where it is gone. */
  label: string | null;
  /** Only the columns that differ; the whole row where it was created or deleted. */
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  actor_id: string | null;
  actor: string | null;
  request_id: string | null;
};

export type HomeImport = {
  id: string;
  file_name: string;
  status: string;
  total_rows: number | null;
  processed_rows: number;
  created_at: string;
  finished_at: string | null;
  created_by: string | null;
};

export type HomeEvent = {
  id: string;
  kind: string;
  direction: 'in' | 'out' | null;
  outcome: string | null;
  at: string;
  text: string;
  actor: string | null;
  entity: 'people' | 'organizations' | 'properties' | null;
  entity_id: string | null;
  name: string | null;
};

export type HomeSummary = {
  /** 10,001 stands for "more than 10,000". */
  people: number;
  organizations: number;
  properties: number;
  members: number;
  imports: HomeImport[];
  recent: HomeEvent[];
};
