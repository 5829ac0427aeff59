import { z } from 'zod';
import { subjectKinds, taskPriorities, taskStatuses } from './domain';

const id = z.guid('Not an id');
const moment = z.iso.datetime({
  offset: true,
  error: 'A date and time with its zone, such as 2026-11-21T15:04:00Z',
});
const title = z
  .string('Say what is to be done')
  .trim()
  .min(1, 'Say what is to be done')
  .max(300, 'At most 300 characters');

/** The ids of what a task or a file hangs on; at least one. */
export const subjectIds = {
  person_id: id.optional(),
  organization_id: id.optional(),
  owner_id: id.optional(),
  property_id: id.optional(),
  verification_id: id.optional(),
};
/** For `.refine`: whether it hangs on anything. */
export const isAboutSomebody = (given: { [key in keyof typeof subjectIds]?: string }) =>
  Object.keys(subjectIds).some((key) => given[key as keyof typeof subjectIds] !== undefined);
/** What is said where it doesn't. */
export const aboutSomebody = {
  message: 'Say what it is about: person_id, organization_id, owner_id, property_id or verification_id',
  path: ['person_id'],
};

const fields = {
  title,
  due_at: moment.nullish(),
  priority: z.enum(taskPriorities, `One of ${taskPriorities.join(', ')}`).default('normal'),
  /** Left out: whoever writes it. Null: nobody. */
  assigned_to: id.nullish(),
};

/** Body of `POST /api/tasks`. `id` may be made by the caller, so that a screen knows it before the answer comes. */
export const createTaskSchema = z
  .strictObject({ id: id.optional(), ...fields, ...subjectIds })
  .refine(isAboutSomebody, aboutSomebody);
/** Body of `POST /api/verification/[id]/tasks`. */
export const createCardTaskSchema = z.strictObject({ id: id.optional(), ...fields });

const changes = {
  title: title.optional(),
  due_at: moment.nullish(),
  priority: z.enum(taskPriorities, `One of ${taskPriorities.join(', ')}`).optional(),
  assigned_to: id.nullish(),
  status: z.enum(taskStatuses, `One of ${taskStatuses.join(', ')}`).optional(),
};
/** Body of `PATCH /api/tasks/[id]`. */
export const updateTaskSchema = z.strictObject(changes);
/** Body of `PATCH /api/verification/[id]/tasks`. */
export const updateCardTaskSchema = z.strictObject({ id, ...changes });

/** Query of `GET /api/tasks`: of a subject (`subject` and `id`), or one's own. `after` is the `next` of the page before. */
export const listTasksQuery = z
  .strictObject({
    subject: z.enum(subjectKinds, `One of ${subjectKinds.join(', ')}`).optional(),
    id: id.optional(),
    mine: z.enum(['yes', 'no'], 'yes or no').default('no'),
    status: z.enum(['open', 'closed', 'all'], 'open, closed or all').default('all'),
    after: z.string().max(200).optional(),
    limit: z.coerce.number('A number').int().min(1, 'At least 1').max(200, 'At most 200').default(100),
  })
  .refine((query) => (query.subject === undefined) === (query.id === undefined), {
    message: 'Comes together with subject',
    path: ['id'],
  });

export type CreateTask = z.infer<typeof createTaskSchema>;
export type UpdateTask = z.infer<typeof updateTaskSchema>;
export type ListTasks = z.infer<typeof listTasksQuery>;
