/** One row of every table in `public`, and what each kind of member may do to it. A table that isn't here fails the walk. */
import { randomUUID } from 'node:crypto';
import { unique, uniquePhone } from '../support/factories';

/** The rows of one workspace that others point at, by table, and who is taken to have written them. */
export type World = { workspace: string; user: string; ids: Record<string, string> };

type Values = Record<string, unknown>;

/** s(elect), i(nsert), u(pdate), d(elete); the row is one that the member wrote, or is about. */
type Access = { member: string; admin: string };

export type TableRule = {
  access: Access;
  /** The columns that name a row; `id` where left out. */
  key?: string[];
  /** A new row that is valid in that world. `instead` names a foreign key that the row must use. */
  row: (world: World, instead?: string) => Values;
};

const all: Access = { member: 'siud', admin: 'siud' };
const nobody: Access = { member: '', admin: '' };

const of = (world: World, table: string): string => {
  const id = world.ids[table];
  if (!id) throw new Error(`rows.ts makes ${table} after the rows that point at it`);
  return id;
};

const link =
  (...ends: [column: string, table: string][]) =>
  (world: World): Values => ({
    workspace_id: world.workspace,
    ...Object.fromEntries(ends.map(([column, table]) => [column, of(world, `new ${table}`)])),
  });

const withRole = (row: (world: World) => Values) => (world: World) => ({ ...row(world), role: 'owner' });

/** In an order in which each table comes after those it points at. */
export const tables: Record<string, TableRule> = {
  workspaces: {
    access: { member: 's', admin: 'su' },
    row: () => ({ id: randomUUID(), name: 'Another', slug: unique() }),
  },
  profiles: {
    access: { member: 'su', admin: 's' },
    key: ['user_id'],
    row: () => ({ user_id: randomUUID(), email: `${unique()}@mail.example` }),
  },
  workspace_members: {
    access: { member: 'sd', admin: 'sud' },
    key: ['workspace_id', 'user_id'],
    row: (world) => ({ workspace_id: world.workspace, user_id: world.user, role: 'member' }),
  },
  invitations: {
    access: { member: '', admin: 'siu' },
    row: (world) => ({
      workspace_id: world.workspace,
      email: `${unique()}@mail.example`,
      token_hash: unique(),
      invited_by: world.user,
    }),
  },
  audit_log: {
    access: { member: '', admin: 's' },
    row: (world) => ({ workspace_id: world.workspace, action: 'people.created', entity: 'people' }),
  },
  people: { access: all, row: (world) => ({ workspace_id: world.workspace, last_name: unique() }) },
  organizations: { access: all, row: (world) => ({ workspace_id: world.workspace, name: unique() }) },
  owners: {
    access: all,
    row: (world, instead) => ({
      workspace_id: world.workspace,
      kind: 'llc',
      display_name: 'An owner',
      ...(instead === 'person_id'
        ? { person_id: of(world, 'new people') }
        : { organization_id: of(world, 'new organizations') }),
    }),
  },
  properties: { access: all, row: (world) => ({ workspace_id: world.workspace, name: unique() }) },
  owner_contacts: {
    access: all,
    row: (world) => ({
      workspace_id: world.workspace,
      owner_id: of(world, 'owners'),
      person_id: of(world, 'new people'),
      role: 'pm',
    }),
  },
  conversations: {
    access: { member: 'siu', admin: 'siu' },
    row: (world) => ({ workspace_id: world.workspace, subject: 'Palm Court', created_by: world.user }),
  },
  messages: {
    access: { member: 'si', admin: 'si' },
    row: (world) => ({
      workspace_id: world.workspace,
      conversation_id: of(world, 'conversations'),
      direction: 'out',
      body: 'Good morning',
      author_id: world.user,
    }),
  },
  owner_threads: {
    access: { member: 'si', admin: 'si' },
    row: (world) => ({
      workspace_id: world.workspace,
      owner_id: of(world, 'owners'),
      property_id: of(world, 'new properties'),
      conversation_id: of(world, 'new conversations'),
    }),
  },
  outreach_templates: {
    access: { member: 'siu', admin: 'siu' },
    row: (world) => ({
      workspace_id: world.workspace,
      name: unique(),
      body: 'Good morning',
      created_by: world.user,
    }),
  },
  phones: { access: all, row: (world) => ({ workspace_id: world.workspace, e164: uniquePhone() }) },
  // before any link: a number with somebody behind it has its row by itself
  call_targets: {
    access: { member: 's', admin: 's' },
    row: (world) => ({ workspace_id: world.workspace, phone_id: of(world, 'new phones') }),
  },
  emails: {
    access: all,
    row: (world) => ({ workspace_id: world.workspace, address: `${unique()}@mail.example` }),
  },
  linkedin_profiles: {
    access: all,
    row: (world) => ({ workspace_id: world.workspace, url: `https://www.linkedin.com/in/${unique()}` }),
  },
  person_organizations: {
    access: all,
    row: link(['person_id', 'people'], ['organization_id', 'organizations']),
  },
  property_people: {
    access: all,
    row: withRole(link(['property_id', 'properties'], ['person_id', 'people'])),
  },
  property_organizations: {
    access: all,
    row: withRole(link(['property_id', 'properties'], ['organization_id', 'organizations'])),
  },
  person_phones: { access: all, row: link(['person_id', 'people'], ['phone_id', 'phones']) },
  person_emails: { access: all, row: link(['person_id', 'people'], ['email_id', 'emails']) },
  person_linkedin: { access: all, row: link(['person_id', 'people'], ['linkedin_id', 'linkedin_profiles']) },
  organization_phones: {
    access: all,
    row: link(['organization_id', 'organizations'], ['phone_id', 'phones']),
  },
  organization_emails: {
    access: all,
    row: link(['organization_id', 'organizations'], ['email_id', 'emails']),
  },
  property_phones: { access: all, row: link(['property_id', 'properties'], ['phone_id', 'phones']) },
  pipelines: {
    access: { member: 's', admin: 's' },
    row: (world) => ({ workspace_id: world.workspace, name: unique() }),
  },
  pipeline_stages: {
    access: { member: 's', admin: 's' },
    row: (world) => ({
      workspace_id: world.workspace,
      pipeline_id: of(world, 'pipelines'),
      name: unique(),
      position: 1,
    }),
  },
  verifications: {
    access: { member: 's', admin: 's' },
    row: (world) => ({
      workspace_id: world.workspace,
      property_id: of(world, 'new properties'),
      pipeline_id: of(world, 'pipelines'),
      stage_id: of(world, 'pipeline_stages'),
      result: 'open',
      rank: Math.random(),
    }),
  },
  stage_moves: {
    access: { member: 's', admin: 's' },
    row: (world) => ({
      workspace_id: world.workspace,
      verification_id: of(world, 'verifications'),
      to_stage_id: of(world, 'pipeline_stages'),
    }),
  },
  sending_domains: {
    access: { member: 's', admin: 'siud' },
    row: (world) => ({
      workspace_id: world.workspace,
      domain: `${unique()
        .toLowerCase()
        .replace(/[^a-z0-9]/g, '')}.example`,
      created_by: world.user,
    }),
  },
  sending_domain_days: {
    access: { member: 's', admin: 's' },
    row: (world) => ({
      workspace_id: world.workspace,
      domain_id: of(world, 'new sending_domains'),
      day: '2026-03-02',
    }),
  },
  mailboxes: {
    access: { member: 's', admin: 's' },
    row: (world) => ({
      workspace_id: world.workspace,
      address: `${unique().toLowerCase()}@mail.example`,
    }),
  },
  mailbox_tokens: {
    access: nobody,
    row: (world) => ({
      workspace_id: world.workspace,
      mailbox_id: of(world, 'new mailboxes'),
      refresh_token: 'sealed',
    }),
  },
  senders: {
    access: { member: 's', admin: 'siu' },
    row: (world) => ({
      workspace_id: world.workspace,
      name: 'Dana Whitfield',
      local_part: `dana-${unique()
        .toLowerCase()
        .replace(/[^a-z0-9]/g, '')}`,
      postal_address: '100 Main Street, Austin, TX',
      created_by: world.user,
    }),
  },
  campaigns: {
    access: { member: 'siu', admin: 'siu' },
    row: (world) => ({
      workspace_id: world.workspace,
      name: unique(),
      time_zone: 'America/Chicago',
      created_by: world.user,
    }),
  },
  campaign_steps: {
    access: { member: 's', admin: 's' },
    row: (world) => ({
      workspace_id: world.workspace,
      campaign_id: of(world, 'campaigns'),
      name: 'First e-mail',
    }),
  },
  campaign_edges: {
    access: { member: 's', admin: 's' },
    row: (world) => ({
      workspace_id: world.workspace,
      campaign_id: of(world, 'campaigns'),
      from_step_id: of(world, 'campaign_steps'),
      to_step_id: of(world, 'campaign_steps'),
      delay_days: 3,
    }),
  },
  campaign_launches: {
    access: { member: 's', admin: 's' },
    row: (world) => ({
      workspace_id: world.workspace,
      campaign_id: of(world, 'campaigns'),
      snapshot: {},
      launched_by: world.user,
    }),
  },
  campaign_recipients: {
    access: { member: 's', admin: 's' },
    row: (world) => ({
      workspace_id: world.workspace,
      campaign_id: of(world, 'campaigns'),
      person_id: of(world, 'new people'),
      email_id: of(world, 'new emails'),
    }),
  },
  campaign_left_out: {
    access: { member: 's', admin: 's' },
    row: (world) => ({
      workspace_id: world.workspace,
      campaign_id: of(world, 'campaigns'),
      person_id: of(world, 'new people'),
    }),
  },
  email_queue: {
    access: { member: 's', admin: 's' },
    row: (world, instead) => ({
      workspace_id: world.workspace,
      purpose: 'campaign',
      ...(instead === 'mailbox_id' ? { via: 'gmail' } : {}),
      campaign_id: of(world, 'campaigns'),
      recipient_id: of(world, 'campaign_recipients'),
      step_id: randomUUID(),
      person_id: of(world, 'people'),
      email_id: of(world, 'emails'),
      to_address: `${unique().toLowerCase()}@mail.example`,
      from_address: 'dana@mail.example',
    }),
  },
  email_events: {
    access: { member: 's', admin: 's' },
    row: (world) => ({
      workspace_id: world.workspace,
      email_queue_id: of(world, 'email_queue'),
      event_id: unique(),
      type: 'delivered',
      occurred_at: '2026-03-02T09:00:00Z',
    }),
  },
  inbound_emails: {
    access: { member: 's', admin: 's' },
    row: (world) => ({
      workspace_id: world.workspace,
      mailbox_id: of(world, 'mailboxes'),
      provider_message_id: unique(),
      from_address: `${unique().toLowerCase()}@mail.example`,
      received_at: '2026-03-02T09:00:00Z',
      kind: 'possible',
    }),
  },
  phone_numbers: {
    access: { member: 's', admin: 'su' },
    row: (world) => ({ workspace_id: world.workspace, e164: uniquePhone(), label: 'Main line' }),
  },
  phone_number_days: {
    access: { member: 's', admin: 's' },
    row: (world) => ({
      workspace_id: world.workspace,
      phone_number_id: of(world, 'phone_numbers'),
      // its number has one row a day
      day: new Date(Date.now() - Math.floor(Math.random() * 20_000) * 86_400_000),
    }),
  },
  calling_settings: {
    access: { member: 's', admin: 's' },
    row: (world) => ({ workspace_id: world.workspace }),
  },
  followup_rules: {
    access: { member: 's', admin: 's' },
    row: (world, instead) => ({
      workspace_id: world.workspace,
      outcome: instead ? 'pending_signup' : 'no_answer',
      template_id: of(world, 'outreach_templates'),
      ...(instead === 'sender_id' ? { via: 'sender' } : {}),
    }),
  },
  calls: {
    access: { member: 's', admin: 's' },
    row: (world) => ({
      workspace_id: world.workspace,
      phone_id: of(world, 'phones'),
      user_id: world.user,
    }),
  },
  call_claims: {
    access: { member: 's', admin: 's' },
    row: (world) => ({
      workspace_id: world.workspace,
      phone_id: of(world, 'new phones'),
      user_id: world.user,
      expires_at: '2099-01-01T00:00:00Z',
    }),
  },
  call_holds: {
    access: { member: 's', admin: 's' },
    row: (world, instead) => ({
      workspace_id: world.workspace,
      ...(instead === 'person_id' || instead === 'property_id' ? {} : { phone_id: of(world, 'phones') }),
      reason: 'by_hand',
    }),
  },
  sms_batches: {
    access: { member: 's', admin: 's' },
    row: (world) => ({ workspace_id: world.workspace, name: unique(), body: 'Good morning' }),
  },
  sms_messages: {
    access: { member: 's', admin: 's' },
    row: (world) => ({
      workspace_id: world.workspace,
      direction: 'out',
      purpose: 'bulk',
      batch_id: of(world, 'sms_batches'),
      phone_id: of(world, 'new phones'),
      phone_number_id: of(world, 'phone_numbers'),
      body: 'Good morning',
      status: 'queued',
      run_at: '2026-03-02T09:00:00Z',
    }),
  },
  activities: {
    access: all,
    row: (world) => ({
      workspace_id: world.workspace,
      kind: 'call',
      performed_by: world.user,
      person_id: of(world, 'people'),
    }),
  },
  notes: {
    access: { member: 'siud', admin: 'sid' },
    row: (world) => ({
      workspace_id: world.workspace,
      body: 'Called back',
      author_id: world.user,
      person_id: of(world, 'people'),
    }),
  },
  saved_views: {
    access: { member: 'siud', admin: 'i' },
    row: (world) => ({
      workspace_id: world.workspace,
      entity: 'people',
      name: unique(),
      created_by: world.user,
    }),
  },
  bulk_changes: {
    access: { member: 'siu', admin: 'i' },
    row: (world) => ({
      workspace_id: world.workspace,
      entity: 'people',
      change: {},
      rows: {},
      created_by: world.user,
    }),
  },
  imports: {
    access: { member: 'siu', admin: 'siu' },
    row: (world) => ({
      workspace_id: world.workspace,
      file_name: 'list.csv',
      file_size: 1,
      preset: 'generic',
      created_by: world.user,
    }),
  },
  import_rows: {
    access: { member: 's', admin: 's' },
    row: (world) => ({
      workspace_id: world.workspace,
      import_id: of(world, 'imports'),
      line: Math.ceil(Math.random() * 2_000_000_000),
      result: 'created',
    }),
  },
  import_entities: {
    access: { member: 's', admin: 's' },
    row: (world) => ({
      workspace_id: world.workspace,
      import_id: of(world, 'imports'),
      kind: 'people',
      entity_id: randomUUID(),
      action: 'created',
      line: 2,
    }),
  },
  import_templates: {
    access: all,
    row: (world) => ({
      workspace_id: world.workspace,
      name: 'Ours',
      preset: 'generic',
      headers_key: unique(),
      mapping: {},
      created_by: world.user,
    }),
  },
  merge_suggestions: {
    access: { member: 'su', admin: 'su' },
    row: (world) => ({
      workspace_id: world.workspace,
      person_id: of(world, 'people'),
      other_person_id: of(world, 'new people'),
      reason: 'Same name',
    }),
  },
  tasks: {
    access: { member: 'siu', admin: 'siu' },
    row: (world) => ({
      workspace_id: world.workspace,
      title: 'Call back',
      created_by: world.user,
      person_id: of(world, 'people'),
    }),
  },
  files: {
    access: { member: 'siu', admin: 'siu' },
    row: (world) => ({
      workspace_id: world.workspace,
      title: 'Lease.pdf',
      created_by: world.user,
      person_id: of(world, 'people'),
    }),
  },
  storage_removals: { access: nobody, row: () => ({ path: unique() }) },
  notifications: {
    access: { member: 'su', admin: '' },
    row: (world) => ({
      workspace_id: world.workspace,
      user_id: world.user,
      kind: 'task_due',
      title: 'Task due',
      dedupe_key: unique(),
    }),
  },
  notification_preferences: {
    access: { member: 's', admin: '' },
    row: (world) => ({ workspace_id: world.workspace, user_id: world.user }),
  },
  cron_runs: { access: nobody, row: () => ({ name: unique(), lease_until: new Date() }) },
  provider_events: {
    access: nobody,
    row: () => ({ provider: 'test', event_id: unique(), type: 'test', payload: {} }),
  },
};

/** Who may execute each function of `public`; a function that isn't here fails the walk. `machine` is the service role alone. */
export const functions: Record<string, 'everybody' | 'signed in' | 'machine'> = {
  list_call_targets: 'signed in',
  count_call_targets: 'signed in',
  call_desk: 'signed in',
  claim_phone: 'signed in',
  release_phone: 'signed in',
  next_call: 'signed in',
  record_outcome: 'signed in',
  undo_outcome: 'signed in',
  hold_by_hand: 'signed in',
  lift_hold: 'signed in',
  connect_mailbox: 'signed in',
  claim_unwritten_emails: 'machine',
  finish_written_emails: 'machine',
  note_unwritten_emails: 'machine',
  prepare_mailbox: 'signed in',
  disconnect_mailbox: 'signed in',
  list_mailboxes: 'signed in',
  claim_mailboxes: 'machine',
  ask_to_reconnect: 'machine',
  finish_mailbox_sync: 'machine',
  list_revocations: 'machine',
  match_inbound: 'machine',
  apply_inbound_emails: 'machine',
  decide_inbound_email: 'signed in',
  get_inbound_email: 'signed in',
  list_inbound_emails: 'signed in',
  queue_direct_email: 'signed in',
  retry_direct_email: 'signed in',
  list_person_mail: 'signed in',
  claim_direct_emails: 'machine',
  direct_email_facts: 'machine',
  finish_direct_email: 'machine',
  note_sent_emails: 'machine',
  list_do_not_call: 'signed in',
  add_do_not_call: 'signed in',
  lift_do_not_call: 'signed in',
  get_calling_settings: 'signed in',
  save_calling_settings: 'signed in',
  get_followup_rules: 'signed in',
  save_followup_rules: 'signed in',
  read_call_followups: 'machine',
  write_call_followups: 'machine',
  list_phone_numbers: 'signed in',
  add_phone_number: 'signed in',
  update_phone_number: 'signed in',
  dial_facts: 'signed in',
  begin_call: 'signed in',
  finish_dial: 'signed in',
  get_call: 'signed in',
  cancel_call: 'signed in',
  bridge_facts: 'machine',
  note_bridge: 'machine',
  note_call_events: 'machine',
  begin_inbound_call: 'machine',
  list_call_history: 'signed in',
  call_leaderboard: 'signed in',
  find_invitation: 'everybody',
  find_unsubscribe: 'everybody',
  unsubscribe: 'everybody',
  accept_invitation: 'signed in',
  archive_stage: 'signed in',
  add_owner_contact: 'signed in',
  begin_import_phase: 'signed in',
  add_to_board: 'signed in',
  bulk_update: 'signed in',
  cancel_campaign: 'signed in',
  campaign_analytics: 'signed in',
  add_campaign_recipients: 'signed in',
  remove_campaign_recipients: 'signed in',
  set_recipient_email: 'signed in',
  list_campaign_recipients: 'signed in',
  list_campaign_left_out: 'signed in',
  create_campaign: 'signed in',
  save_campaign_steps: 'signed in',
  set_campaign_deleted: 'signed in',
  list_campaigns: 'signed in',
  get_campaign: 'signed in',
  list_campaign_emails: 'signed in',
  get_campaign_email: 'signed in',
  campaign_field_gaps: 'signed in',
  campaign_preview_data: 'signed in',
  launch_campaign: 'signed in',
  accept_campaign_emails: 'signed in',
  edit_campaign_email: 'signed in',
  remove_campaign_email: 'signed in',
  remove_campaign_emails: 'signed in',
  retry_campaign_email: 'signed in',
  queue_test_email: 'signed in',
  cancel_import: 'signed in',
  pause_campaign: 'signed in',
  resume_campaign: 'signed in',
  count_active_cards: 'signed in',
  count_organizations: 'signed in',
  count_owners: 'signed in',
  count_people: 'signed in',
  count_properties: 'signed in',
  create_organization: 'signed in',
  create_owner: 'signed in',
  create_person: 'signed in',
  create_pipeline: 'signed in',
  create_property: 'signed in',
  create_stage: 'signed in',
  create_workspace: 'signed in',
  current_user_id: 'signed in',
  drop_upload: 'signed in',
  filter_options: 'signed in',
  find_organization: 'signed in',
  find_point: 'signed in',
  find_property: 'signed in',
  get_board: 'signed in',
  get_board_changes: 'signed in',
  get_conversation: 'signed in',
  find_upload: 'signed in',
  get_organization: 'signed in',
  get_outbox_email: 'signed in',
  get_owner_bundle: 'signed in',
  get_person: 'signed in',
  get_point_sharers: 'signed in',
  get_property: 'signed in',
  get_verification: 'signed in',
  get_verification_settings: 'signed in',
  home_summary: 'signed in',
  import_counts: 'signed in',
  link_organization: 'signed in',
  link_organization_person: 'signed in',
  link_point: 'signed in',
  link_property_party: 'signed in',
  list_audit_log: 'signed in',
  list_board_cards: 'signed in',
  list_cards_of_property: 'signed in',
  list_files: 'signed in',
  list_import_rows: 'signed in',
  list_notifications: 'signed in',
  list_organizations: 'signed in',
  list_outbox: 'signed in',
  list_owners: 'signed in',
  list_owner_timeline: 'signed in',
  list_people: 'signed in',
  list_pipelines: 'signed in',
  list_properties: 'signed in',
  list_tasks: 'signed in',
  list_timeline: 'signed in',
  metric_rows: 'signed in',
  move_verification: 'signed in',
  my_account: 'signed in',
  owners_metrics: 'signed in',
  person_email_story: 'signed in',
  reorder_stages: 'signed in',
  log_outreach: 'signed in',
  open_thread: 'signed in',
  outreach_targets: 'signed in',
  owner_figures: 'signed in',
  request_context: 'signed in',
  request_invitation_mail: 'signed in',
  restore_note: 'signed in',
  restore_stage: 'signed in',
  retry_sending_domain: 'signed in',
  sending_settings: 'signed in',
  read_notifications: 'signed in',
  register_file: 'signed in',
  save_notification_preferences: 'signed in',
  search: 'signed in',
  sending_outlook: 'signed in',
  set_workspace_tier: 'signed in',
  set_cards_deleted: 'signed in',
  set_verification_settings: 'signed in',
  transfer_ownership: 'signed in',
  undo_bulk: 'signed in',
  unlink_point: 'signed in',
  update_organization_link: 'signed in',
  update_pipeline: 'signed in',
  update_stage: 'signed in',
  update_verification: 'signed in',
  update_point_link: 'signed in',
  cancel_text: 'signed in',
  create_text_batch: 'signed in',
  get_text_batch: 'signed in',
  list_batch_texts: 'signed in',
  list_text_batches: 'signed in',
  list_texts: 'signed in',
  person_texts: 'signed in',
  phone_texts: 'signed in',
  preview_text_batch: 'signed in',
  queue_text: 'signed in',
  retry_text: 'signed in',
  set_text_batch: 'signed in',
  text_draft: 'signed in',
  claim_texts: 'machine',
  claim_unknown_texts: 'machine',
  complete_text_batches: 'machine',
  finish_texts: 'machine',
  note_waiting_texts: 'machine',
  read_unwritten_texts: 'machine',
  receive_text: 'machine',
  settle_texts: 'machine',
  sweep_texts: 'machine',
  text_facts: 'machine',
  write_texts: 'machine',
  analyze_import_tables: 'machine',
  analyze_reminder_tables: 'machine',
  apply_email_events: 'machine',
  begin_cron_run: 'machine',
  claim_digests: 'machine',
  claim_emails: 'machine',
  claim_followups: 'machine',
  claim_import: 'machine',
  complete_campaigns: 'machine',
  email_facts: 'machine',
  finish_emails: 'machine',
  move_stranded_emails: 'machine',
  note_waiting_emails: 'machine',
  sweep_emails: 'machine',
  claim_invitation_mail: 'machine',
  claim_provider_events: 'machine',
  claim_removals: 'machine',
  claim_unknown_emails: 'machine',
  clear_import_rows: 'machine',
  expire_files: 'machine',
  finish_digest: 'machine',
  finish_followups: 'machine',
  finish_import_phase: 'machine',
  follow_call_targets: 'machine',
  finish_provider_events: 'machine',
  finish_removals: 'machine',
  forget_provider_events: 'machine',
  import_chunk: 'machine',
  merge_fields: 'machine',
  claim_staging: 'machine',
  read_staging: 'machine',
  stage_emails: 'machine',
  release_staging: 'machine',
  mark_sla_breaches: 'machine',
  note_unfound_emails: 'machine',
  open_due_next_steps: 'machine',
  release_import: 'machine',
  remind_due_tasks: 'machine',
  renew_import_lease: 'machine',
  undo_import_chunk: 'machine',
  unhandled_provider_events: 'machine',
};
