/** What people are told of, and in which words. Pure; runs in the browser too. */

/** Every kind, with what a switch in the settings says of it. */
export const notificationKinds = {
  task_due: {
    label: 'Due tasks',
    help: 'A task of yours is due; once a day until it is done.',
    feature: 'reminders',
  },
  next_step_due: {
    label: 'Next steps',
    help: 'A next step you logged fell due and became a task.',
    feature: 'reminders',
  },
  sla_breach: {
    label: 'Overdue cards',
    help: 'A card of yours stands longer in its stage than the stage allows.',
    feature: 'sla_alerts',
  },
  reply: {
    label: 'Replies',
    help: 'Somebody answered a mail of yours, or of a campaign of yours.',
    feature: undefined,
  },
  text: {
    label: 'Texts',
    help: 'Somebody whom you look after, or wrote to last, sent a text.',
    feature: undefined,
  },
  call: {
    label: 'Missed calls',
    help: 'Somebody you look after called and nobody picked up, or left a voicemail.',
    feature: undefined,
  },
  mailbox_reconnect: {
    label: 'Mailboxes',
    help: 'A mailbox of yours has to be connected again.',
    feature: undefined,
  },
  rule_move: {
    label: 'Cards moved by their score',
    help: 'A card of yours reached the threshold and moved on by itself.',
    feature: 'auto_move',
  },
} as const;
export type NotificationKind = keyof typeof notificationKinds;
export const notificationKindNames = Object.keys(notificationKinds) as [
  NotificationKind,
  ...NotificationKind[],
];

/** One notification, as the API gives it. Times are ISO 8601 with an offset. */
export type Notification = {
  id: string;
  kind: string;
  title: string;
  body: string | null;
  /** A path of ours. */
  link: string;
  read_at: string | null;
  created_at: string;
};

/** A page, the newest first. `unread` counts all of them, up to 100; `next` is the query that goes on, null at the end. */
export type NotificationPage = { rows: Notification[]; unread: number; next: string | null };

export type NotificationPreferences = { muted_kinds: string[]; email_digest: 'off' | 'daily' };
