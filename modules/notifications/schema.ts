import { z } from 'zod';
import { notificationKindNames } from './domain';

const moment = z.iso.datetime({ offset: true, error: 'A date and time with its zone' });

/** Query of `GET /api/notifications`. `after` is the `next` of the page before; with `limit=0` only the count is asked for. */
export const listNotificationsQuery = z.strictObject({
  unread: z.enum(['yes', 'no'], 'yes or no').default('no'),
  after: z.string().max(200).optional(),
  limit: z.coerce.number('A number').int().min(0, 'At least 0').max(100, 'At most 100').default(50),
});

/** Body of `PATCH /api/notifications/[id]`. */
export const markNotificationSchema = z.strictObject({ read: z.boolean('true or false') });

/** Body of `POST /api/notifications/read-all`: what came after `until` stays unread. */
export const readAllSchema = z.strictObject({ until: moment.optional() });

/** Body of `PUT /api/notifications/preferences`; what is left out stays. */
export const preferencesSchema = z.strictObject({
  muted_kinds: z
    .array(z.enum(notificationKindNames, `One of ${notificationKindNames.join(', ')}`))
    .transform((kinds) => [...new Set(kinds)])
    .optional(),
  email_digest: z.enum(['off', 'daily'], 'off or daily').optional(),
});

export type ListNotifications = z.infer<typeof listNotificationsQuery>;
export type Preferences = z.infer<typeof preferencesSchema>;
