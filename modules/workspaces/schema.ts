import { z } from 'zod';
import { tiers } from '@/lib/tiers';
import { isTimeZone } from '@/lib/time-zone';

const name = z.string('Enter a name').trim().min(1, 'Enter a name').max(100, 'Use at most 100 characters');
const timeZone = z.string().max(64).refine(isTimeZone, 'Choose a time zone such as America/Chicago');
const slug = z
  .string()
  .trim()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$/,
    'Use up to 48 small letters, digits and hyphens, none at the ends',
  );

/** Body of `POST /api/workspaces`. */
export const createWorkspaceSchema = z.strictObject({ name, time_zone: timeZone.optional() });

/** Body of `PATCH /api/workspaces/[id]`. */
export const updateWorkspaceSchema = z.strictObject({ name, slug, time_zone: timeZone }).partial();

/** Body of `PUT /api/workspaces/[id]/tier`. */
export const tierSchema = z.strictObject({ tier: z.enum(tiers, 'Choose beta, pro or premium') });

/** Body of `POST /api/workspaces/[id]/transfer`. */
export const transferSchema = z.strictObject({ user_id: z.uuid() });

/** Body of `PATCH /api/members/[id]`. */
export const memberRoleSchema = z.strictObject({ role: z.enum(['owner', 'admin', 'member']) });

const address = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'An e-mail address has at most 254 characters')
  .pipe(z.email('Enter an e-mail address like name@company.example'));

/** Body of `POST /api/invitations`: with an address it goes there by mail, without one it is a link for whoever holds it. */
export const createInvitationSchema = z.strictObject({
  email: address.optional(),
  role: z.enum(['admin', 'member']).default('member'),
});

/** Body of `POST /api/invitations/accept`. */
export const invitationTokenSchema = z.strictObject({ token: z.string().min(1).max(200) });

/** Parameters of a route below an id. */
export const idParamsSchema = z.strictObject({ id: z.uuid('Not an id') });

/** Entities whose changes the audit log holds, as its page offers them. */
export const auditEntities = [
  'people',
  'organizations',
  'properties',
  'phones',
  'emails',
  'linkedin_profiles',
  'notes',
  'activities',
  'verifications',
  'pipelines',
  'pipeline_stages',
  'imports',
  'workspaces',
  'workspace_members',
  'invitations',
] as const;

/** Query of `GET /api/audit-log`: pages on from the last row of the page before. */
export const auditQuerySchema = z
  .strictObject({
    entity: z.enum(auditEntities).optional(),
    before_at: z.iso.datetime({ offset: true }).optional(),
    after_id: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .refine((query) => (query.before_at === undefined) === (query.after_id === undefined), {
    message: 'Comes together with before_at',
    path: ['after_id'],
  });

export type CreateWorkspace = z.infer<typeof createWorkspaceSchema>;
export type UpdateWorkspace = z.infer<typeof updateWorkspaceSchema>;
export type CreateInvitation = z.infer<typeof createInvitationSchema>;
export type MemberRole = z.infer<typeof memberRoleSchema>['role'];
export type AuditQuery = z.infer<typeof auditQuerySchema>;
