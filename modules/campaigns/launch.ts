import 'server-only';
import { env } from '@/lib/env';
import { AppError, tierRequired, unwrap } from '@/lib/errors';
import type { Context } from '@/lib/http/context';
import { sparkpostProblem } from '@/lib/providers/sparkpost';
import { findFeature } from '@/lib/tiers';
import { requireId } from '@/modules/records/service';
import { composeMail } from '@/modules/sending/compose';
import type { Preview, Problem, Problems, TestSent } from './answers';
import { drawnSnapshot, fieldsToCheck, problemsOf } from './problems';
import { getPreviewData, listFieldGaps, type PreviewData } from './queries';
import { type Rendered, renderStep } from './render';
import type { Fields, PreviewRequest, TestSend } from './schema';

/** Somebody to preview with while nobody is chosen. */
const madeUp: Fields = {
  first_name: 'Jordan',
  last_name: 'Avery',
  full_name: 'Jordan Avery',
  title: 'Managing partner',
  company: 'Avery Holdings',
  city: 'Austin',
  state: 'TX',
  email: 'jordan@avery.example',
  property_name: 'Cedar Court',
  property_address: '100 Cedar Street',
  property_city: 'Austin',
  market: 'Austin',
  units: 48,
  owner_name: 'Avery Holdings LLC',
};

type Drawn = { mail: Rendered; fields: Fields; data: PreviewData };

async function drawStep(
  ctx: Context,
  id: string,
  { step_id, recipient_id, variant }: PreviewRequest,
): Promise<Drawn> {
  const data = await getPreviewData(ctx.supabase, ctx.workspaceId, id, recipient_id);
  const snapshot = drawnSnapshot(data);
  const fields = data.recipient?.fields ?? { ...madeUp, sender_name: snapshot.sender.name || 'You' };
  const first = snapshot.steps.find((step) => step.id === snapshot.entryStepId);
  const options = { variant };
  const firstSubject =
    first && first.id !== step_id ? renderStep(snapshot, first.id, fields, options).subject : null;
  return { mail: renderStep(snapshot, step_id, fields, { ...options, firstSubject }), fields, data };
}

/**
 * A mail as one recipient would get it, with its footer.
 * @throws {AppError} `not_found` for a step or recipient that isn't there; `invalid` for a template that can't be read
 */
export async function previewStep(ctx: Context, id: string, request: PreviewRequest): Promise<Preview> {
  const { mail, fields, data } = await drawStep(ctx, id, request);
  const { sender } = data.snapshot;
  const domain = data.domains[0]?.domain;
  const composed = composeMail(
    {
      id: '',
      workspaceId: ctx.workspaceId,
      to: String(fields.email ?? ''),
      fromName: sender?.name ?? '',
      fromAddress: '',
      replyTo: null,
      subject: mail.subject,
      bodyText: mail.bodyText,
      bodyHtml: mail.bodyHtml,
      messageId: null,
      inReplyTo: null,
      threadToken: null,
      unsubscribeToken: 'preview',
    },
    { appUrl: env().APP_URL, postalAddress: sender?.postalAddress ?? '' },
  );
  const address = sender && domain ? `${sender.localPart}@${domain}` : null;
  return {
    subject: mail.subject,
    text: composed.text,
    html: composed.html,
    missing: mail.missing,
    needs_writing: mail.needsWriting,
    from: sender ? `${sender.name}${address ? ` <${address}>` : ''}` : null,
    to: String(fields.email ?? ''),
    person: data.recipient && { id: data.recipient.person_id, name: textOf(fields.full_name) },
  };
}

const textOf = (value: string | number | null | undefined) => (value == null ? null : String(value));

/** All that forbids the launch of a campaign, as it stands now. @throws {AppError} `not_found` */
export async function findProblems(ctx: Context, id: string): Promise<Problems> {
  const { problems } = await checkCampaign(ctx, id);
  return { problems };
}

async function checkCampaign(ctx: Context, id: string): Promise<{ version: number; problems: Problem[] }> {
  const data = await getPreviewData(ctx.supabase, ctx.workspaceId, id);
  const fields = fieldsToCheck(data);
  const gaps =
    data.status === 'draft' && fields.length > 0 && data.recipients > 0
      ? await listFieldGaps(ctx.supabase, ctx.workspaceId, id, fields)
      : [];
  return { version: data.version, problems: problemsOf(data, gaps) };
}

/**
 * Launches a campaign: keeps a copy of it and hands it to the worker that writes its first mails.
 * @throws {AppError} `tier_required`; `conflict` with `current: { problems }` where anything forbids it, or where somebody
 *   saved it while it was looked at
 */
export async function launchCampaign(ctx: Context, id: string): Promise<{ launch_id: string }> {
  const { version, problems } = await checkCampaign(ctx, id);
  const locked = problems.find((problem) => problem.code === 'tier');
  const feature = locked && findFeature(locked.feature ?? '');
  if (feature) throw tierRequired(feature);
  if (problems.length > 0) {
    const [first] = problems;
    const more = problems.length > 1 ? ` And ${problems.length - 1} more.` : '';
    throw new AppError('conflict', {
      userMessage: `The campaign can’t be launched yet. ${first?.message}.${more}`,
      current: { problems },
    });
  }
  const launch = unwrap(
    await ctx.supabase.rpc('launch_campaign', {
      workspace: ctx.workspaceId,
      campaign: requireId(id),
      saw: version,
    }),
  );
  return { launch_id: launch };
}

/**
 * Queues a mail of the campaign as a test to any address: it goes the way that all mails go.
 * @returns the queue's row
 * @throws {AppError} `conflict` where no sender, domain or key of the provider is there, or a section is the model's
 */
export async function queueTest(ctx: Context, id: string, request: TestSend): Promise<TestSent> {
  const { mail, data } = await drawStep(ctx, id, request);
  const unset = sparkpostProblem();
  const [domain] = data.domains;
  const refused = unset
    ? unset
    : !data.snapshot.sender || data.sender_is_archived
      ? 'Say whom the e-mails are from before you send a test.'
      : !domain
        ? 'There is no domain to send from that is in use.'
        : null;
  if (refused || !domain) throw new AppError('conflict', { userMessage: refused ?? 'There is no domain.' });
  const text = mail.bodyText || '(This e-mail has no text yet.)';
  const sent = unwrap(
    await ctx.supabase.rpc('queue_test_email', {
      workspace: ctx.workspaceId,
      campaign: requireId(id),
      mail: {
        step_id: request.step_id,
        variant: request.variant,
        to: request.to,
        domain_id: domain.id,
        subject: mail.subject || '(no subject)',
        body_text: text,
        body_html: mail.bodyHtml,
      },
    }),
  );
  return { id: sent };
}
