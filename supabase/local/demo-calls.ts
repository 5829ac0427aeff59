/**
 * The demo's calling desk after weeks of work: our numbers, what everybody called and what came of it, promises that are due now,
 * texts both ways, and the mails that follow. The calls on the timeline and those of the history are the same.
 */
import type postgres from 'postgres';
import { demoCallNotes, demoFollowups, demoNumbers, demoTexts } from './demo-data/calls';
import type { StackAddress } from './stack';

const MINUTE_MS = 60_000;
/** Of a caller's week: how many numbers they dial on a day. */
const callsADay = 5;
/** Promises whose time has come. */
const dueNow = 5;

/**
 * Fills the demo workspace's desk. What is taken from a number's id is the same in every demo.
 * @param users the demo's colleagues
 * @param now milliseconds; the past ends there
 */
export async function seedCalls(
  stack: StackAddress,
  sql: postgres.Sql,
  { workspaceId, users, now }: { workspaceId: string; users: readonly string[]; now: number },
): Promise<void> {
  const sids = await accountNumbers(stack.env);
  const at = new Date(now).toISOString();
  await sql.begin(async (tx) => {
    // a seed is nobody's deed, and may do what machines may
    await tx`select set_config('app.import_id', 'demo', true), set_config('request.jwt.claim.role', 'service_role', true)`;
    await makeSetup(tx, workspaceId, { users, sids, at });
    await callsOfTimeline(tx, workspaceId, at);
    await callsOfWeek(tx, workspaceId, { users, at });
    await settle(tx, workspaceId, at);
    await writeMails(tx, workspaceId, at);
    await writeTexts(tx, workspaceId, at);
    await tx`select private.refresh_call_targets(${workspaceId}, array(select id from public.phones where workspace_id = ${workspaceId}))`;
  });
}

/** The ids of the emulated account's numbers; none where no Twilio runs. */
async function accountNumbers(env: Readonly<Record<string, string>>): Promise<Map<string, string>> {
  const { TWILIO_API_URL: url, TWILIO_ACCOUNT_SID: account, TWILIO_AUTH_TOKEN: token } = env;
  if (!url || !account || !token) return new Map();
  const answer = await fetch(`${url}/2010-04-01/Accounts/${account}/IncomingPhoneNumbers.json`, {
    headers: { authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}` },
  });
  if (!answer.ok) return new Map();
  const { incoming_phone_numbers: found } = (await answer.json()) as {
    incoming_phone_numbers: { sid: string; phone_number: string }[];
  };
  return new Map(found.map(({ sid, phone_number }) => [phone_number, sid]));
}

async function makeSetup(
  sql: postgres.TransactionSql,
  workspace_id: string,
  { users, sids, at }: { users: readonly string[]; sids: ReadonlyMap<string, string>; at: string },
): Promise<void> {
  for (const number of demoNumbers)
    await sql`insert into public.phone_numbers ${sql({
      ...number,
      features: [...number.features],
      workspace_id,
      provider_sid: sids.get(number.e164) ?? null,
      created_by: users[0] ?? null,
    })}`;
  for (const [place, user] of users.entries())
    await sql`update public.profiles set phone_e164 = ${`+1512555018${place}`} where user_id = ${user} and phone_e164 is null`;
  const [sender] = await sql<
    { id: string }[]
  >`select id from public.senders where workspace_id = ${workspace_id} limit 1`;
  for (const [place, { outcome, delay_minutes, ...words }] of demoFollowups.entries()) {
    const [template] = await sql<{ id: string }[]>`insert into public.outreach_templates ${sql({
      ...words,
      workspace_id,
      channel: 'email',
      position: 10 + place,
      created_by: users[0] ?? null,
    })} returning id`;
    await sql`insert into public.followup_rules ${sql({
      workspace_id,
      outcome,
      template_id: template?.id ?? null,
      via: sender ? 'sender' : 'gmail',
      sender_id: sender?.id ?? null,
      delay_minutes,
    })}`;
  }
  // the rules have been there for a while
  await sql`update public.followup_rules set enabled_at = ${at}::timestamptz - interval '20 days' where workspace_id = ${workspace_id}`;
}

/** What stands on the timeline as a call is a call of the history. */
async function callsOfTimeline(sql: postgres.TransactionSql, workspace: string, at: string): Promise<void> {
  await sql`
    insert into public.calls (workspace_id, phone_id, user_id, direction, via, status, started_at, answered_at, ended_at, duration_seconds, outcome, outcome_at,
      reached, person_id, notes, activity_id, phone_number_id, created_at)
    select a.workspace_id, a.phone_id, a.performed_by, coalesce(a.direction, 'out'), x.via, case when x.via = 'manual' then 'logged' when x.talk > 0 then 'completed' else 'no_answer' end,
           a.occurred_at, case when x.via = 'phone' and x.talk > 0 then a.occurred_at + interval '9 seconds' end,
           case when x.via = 'phone' then a.occurred_at + make_interval(secs => 9 + x.talk) end, case when x.via = 'phone' then x.talk end, x.outcome,
           a.occurred_at + make_interval(secs => 60 + x.talk), case when x.talk > 0 and a.person_id is not null then 'confirmed' end,
           case when x.talk > 0 then a.person_id end, left(coalesce(a.body, ''), 2000), a.id, case when x.via = 'phone' then n.id end, a.occurred_at
      from public.activities a
      cross join lateral (select case a.outcome when 'interested' then 'pending_signup' when 'not_interested' then 'rejected' when 'meeting_set' then 'answered'
                                   else a.outcome end as outcome,
                                 case when a.outcome in ('no_answer', 'left_vm', 'invalid_number') then 0
                                   else 30 + ('x' || substr(md5(a.id::text), 1, 3))::bit(12)::integer % 500 end as talk,
                                 case when ('x' || substr(md5(a.id::text), 4, 2))::bit(8)::integer % 3 = 0 then 'manual' else 'phone' end as via) x
      left join public.phone_numbers n on n.workspace_id = a.workspace_id and n.is_default_sender
     where a.workspace_id = ${workspace} and a.kind = 'call' and a.phone_id is not null and a.outcome is not null
       and a.occurred_at < ${at}::timestamptz - interval '7 days'`;
}

/** The last seven days of each caller: numbers in the order of their ids' digests, at office hours of the workspace. */
async function callsOfWeek(
  sql: postgres.TransactionSql,
  workspace: string,
  { users, at }: { users: readonly string[]; at: string },
): Promise<void> {
  await sql`create temporary table demo_calls on commit drop as
    with numbers as (
      select p.id as phone_id, row_number() over (order by md5(p.id::text || 'week')) - 1 as n,
             ('x' || substr(md5(p.id::text || 'fate'), 1, 4))::bit(16)::integer % 100 as fate,
             ('x' || substr(md5(p.id::text || 'time'), 1, 4))::bit(16)::integer as tick,
             (select case when count(*) = 1 then (array_agg(h.id))[1] end from public.person_phones l
                join public.people h on h.workspace_id = l.workspace_id and h.id = l.person_id and h.deleted_at is null
               where l.workspace_id = p.workspace_id and l.phone_id = p.id) as only_one,
             (select h.id from public.person_phones l join public.people h on h.workspace_id = l.workspace_id and h.id = l.person_id and h.deleted_at is null
               where l.workspace_id = p.workspace_id and l.phone_id = p.id order by l.is_primary desc, h.id limit 1) as somebody
        from public.phones p
       where p.workspace_id = ${workspace} and p.status = 'active' and not p.do_not_call
         -- half of the numbers have never been called
         and ('x' || substr(md5(p.id::text || 'half'), 1, 2))::bit(8)::integer < 128
    ), placed as (
      select n.*, (n.n / (${callsADay}::integer * ${users.length}::integer))::integer as days_ago,
             (${users as string[]}::uuid[])[1 + n.n % ${users.length}::integer] as user_id,
             case when n.fate < 48 then 'no_answer' when n.fate < 66 then 'left_vm' when n.fate < 80 then 'answered' when n.fate < 88 then 'follow_up'
                  when n.fate < 93 then 'pending_signup' when n.fate < 98 then 'rejected' else 'closed' end as outcome
        from numbers n where n.n < 7 * ${callsADay}::integer * ${users.length}::integer and n.somebody is not null
    )
    select gen_random_uuid() as id, gen_random_uuid() as activity_id, p.phone_id, p.user_id, p.outcome,
           p.outcome in ('answered', 'follow_up', 'pending_signup', 'rejected', 'closed') as is_talk, p.somebody, p.only_one,
           case when p.outcome in ('no_answer', 'left_vm') then 0 else 40 + p.tick % 700 end as talk,
           case when p.tick % 4 = 0 then 'manual' else 'phone' end as via,
           case when p.days_ago = 0 then ${at}::timestamptz - make_interval(mins => 75 + p.tick % 300)
                else private.local_midnight((${at}::timestamptz at time zone w.time_zone)::date - p.days_ago, w.time_zone)
                     + make_interval(mins => 540 + p.tick % 500) end as started_at
      from placed p join public.workspaces w on w.id = ${workspace}`;
  await sql`
    insert into public.activities (id, workspace_id, kind, channel, direction, outcome, occurred_at, performed_by, person_id, phone_id, details, created_at, updated_at)
    select d.activity_id, ${workspace}, 'call', 'call', 'out', d.outcome, d.started_at, d.user_id, d.somebody, d.phone_id,
           jsonb_build_object('call_id', d.id, 'duration_seconds', d.talk, 'recording', false), d.started_at, d.started_at from demo_calls d`;
  await sql`
    insert into public.calls (id, workspace_id, phone_id, user_id, direction, via, status, started_at, answered_at, ended_at, duration_seconds, outcome, outcome_at,
      reached, person_id, activity_id, phone_number_id, created_at)
    select d.id, ${workspace}, d.phone_id, d.user_id, 'out', d.via, case when d.via = 'manual' then 'logged' when d.is_talk then 'completed' else 'no_answer' end, d.started_at,
           case when d.via = 'phone' and d.is_talk then d.started_at + interval '8 seconds' end,
           case when d.via = 'phone' then d.started_at + make_interval(secs => 8 + d.talk) end, case when d.via = 'phone' then d.talk end,
           d.outcome, d.started_at + make_interval(secs => 30 + d.talk), case when d.is_talk then 'confirmed' end,
           case when d.is_talk then d.somebody end, d.activity_id, case when d.via = 'phone' then n.id end, d.started_at
      from demo_calls d left join public.phone_numbers n on n.workspace_id = ${workspace} and n.is_default_sender`;
  for (const [outcome, notes] of Object.entries(demoCallNotes))
    await sql`update public.calls c set notes = (${notes as string[]}::text[])[1 + ('x' || substr(md5(c.phone_id::text), 1, 2))::bit(8)::integer % ${notes.length}::integer]
      from demo_calls d where c.id = d.id and d.outcome = ${outcome}`;
  await sql`update public.activities a set body = c.notes from public.calls c where c.workspace_id = ${workspace} and c.activity_id = a.id and a.workspace_id = ${workspace}
    and a.body is null and c.notes <> ''`;
}

/** Promises, what holds numbers off the list, calls that came in, and counts that agree with all of it. */
async function settle(sql: postgres.TransactionSql, workspace: string, at: string): Promise<void> {
  // the first promises are due, the others come in the next days
  await sql`with promised as (
      select c.id, c.activity_id, row_number() over (order by c.started_at desc) as n from public.calls c join demo_calls d on d.id = c.id
       where c.workspace_id = ${workspace} and c.outcome = 'follow_up'
    ), dated as (
      select p.*, case when p.n <= ${dueNow}::integer then ${at}::timestamptz - make_interval(mins => (p.n * 9)::integer)
                       else date_trunc('hour', ${at}::timestamptz) + make_interval(hours => (p.n * 3)::integer) end as due from promised p
    ), kept as (
      update public.calls c set next_step_at = d.due from dated d where c.id = d.id
    )
    update public.activities a set next_step_at = d.due from dated d where a.id = d.activity_id and a.workspace_id = ${workspace}`;
  await sql`insert into public.call_holds (workspace_id, person_id, reason, until, call_id, created_by, created_at)
    select c.workspace_id, c.person_id, c.outcome, null, c.id, c.user_id, c.outcome_at from public.calls c
     where c.workspace_id = ${workspace} and c.outcome in ('closed', 'rejected') and c.person_id is not null`;
  await sql`insert into public.calls (workspace_id, phone_id, user_id, direction, via, status, started_at, answered_at, ended_at, duration_seconds, phone_number_id, is_voicemail, created_at)
    select c.workspace_id, c.phone_id, case when x.is_taken then c.user_id end, 'in', 'phone', 'completed', x.at, x.at + interval '6 seconds',
           x.at + make_interval(secs => 6 + x.seconds), x.seconds, n.id, not x.is_taken, x.at
      from (select c.*, row_number() over (order by md5(c.id::text)) as n from public.calls c join demo_calls d on d.id = c.id
             where c.outcome = 'left_vm' and c.started_at < ${at}::timestamptz - interval '1 day' limit 8) c
      join public.phone_numbers n on n.workspace_id = c.workspace_id and n.is_default_sender
      cross join lateral (select c.n % 2 = 0 as is_taken, c.started_at + make_interval(mins => 40 + (c.n * 13)::integer) as at, (20 + c.n * 17)::integer as seconds) x`;
  await sql`update public.phones p set call_count = greatest(p.call_count, c.calls), last_called_at = greatest(p.last_called_at, c.last)
    from (select phone_id, count(*)::integer as calls, max(started_at) as last from public.calls where workspace_id = ${workspace} and direction = 'out' group by 1) c
    where p.workspace_id = ${workspace} and p.id = c.phone_id`;
}

/** The mails that followed calls of more than a day ago; those of today the demo's own cron writes. */
async function writeMails(sql: postgres.TransactionSql, workspace: string, at: string): Promise<void> {
  await sql`with due as (
      select c.id, c.user_id, c.outcome, c.outcome_at, h.id as person_id, h.first_name, e.id as email_id, e.address, t.subject, t.body, s.id as sender_id, s.name, s.local_part,
             r.delay_minutes, d.id as domain_id, d.domain
        from public.calls c
        join demo_calls k on k.id = c.id
        join public.people h on h.workspace_id = c.workspace_id and h.id = coalesce(c.person_id, k.only_one)
        join public.person_emails l on l.workspace_id = c.workspace_id and l.person_id = h.id and l.is_primary
        join public.emails e on e.workspace_id = c.workspace_id and e.id = l.email_id and e.status = 'active'
        join public.followup_rules r on r.workspace_id = c.workspace_id and r.outcome = c.outcome
        join public.outreach_templates t on t.workspace_id = c.workspace_id and t.id = r.template_id
        join public.senders s on s.workspace_id = c.workspace_id and s.id = r.sender_id
        cross join lateral (select x.id, x.domain from public.sending_domains x where x.workspace_id = c.workspace_id and x.warmup_started_on is null
                             order by md5(x.id::text || c.id) limit 1) d
       where c.workspace_id = ${workspace} and c.outcome_at < ${at}::timestamptz - interval '1 day'
    ), mails as (
      insert into public.email_queue (id, workspace_id, purpose, via, person_id, email_id, to_address, domain_id, sender_id, from_name, from_address, subject, body_text, status,
        run_at, attempts, sent_at, delivered_at, opened_at, thread_token, decision, created_by, created_at)
      select private.followup_mail_id(d.id, d.outcome), ${workspace}, 'followup', 'sparkpost', d.person_id, d.email_id, d.address, d.domain_id, d.sender_id, d.name,
             d.local_part || '@' || d.domain, regexp_replace(d.subject, '\\{\\{[^}]*\\}\\}', 'your property', 'g'),
             regexp_replace(regexp_replace(d.body, '\\{\\{ first_name[^}]*\\}\\}', coalesce(d.first_name, 'there'), 'g'), '\\{\\{[^}]*\\}\\}', 'your property', 'g'), 'sent',
             x.at, 1, x.at, x.at + interval '20 seconds', case when d.outcome = 'pending_signup' or md5(d.id::text) < '6' then x.at + interval '3 hours' end,
             md5(d.id::text || ':' || d.outcome), jsonb_build_object('verdict', 'send', 'reason', 'ok', 'at', x.at), d.user_id, x.at
        from due d, lateral (select d.outcome_at + make_interval(mins => d.delay_minutes) as at) x
      returning id
    )
    update public.calls c set followup_email_id = m.id from mails m, due d where m.id = private.followup_mail_id(d.id, d.outcome) and c.id = d.id`;
}

/** Texts of the timeline as texts, and a few that came in today. */
async function writeTexts(sql: postgres.TransactionSql, workspace: string, at: string): Promise<void> {
  await sql`insert into public.sms_messages (workspace_id, direction, phone_id, phone_number_id, person_id, body, segments, status, run_at, attempts, sent_at, received_at,
      delivery, delivery_rank, delivered_at, created_by, created_at)
    select a.workspace_id, a.direction, a.phone_id, n.id, a.person_id, a.body, 1, case a.direction when 'in' then 'received' else 'sent' end,
           case a.direction when 'out' then a.occurred_at end, case a.direction when 'out' then 1 else 0 end, case a.direction when 'out' then a.occurred_at end,
           case a.direction when 'in' then a.occurred_at end, case a.direction when 'out' then 'delivered' end, case a.direction when 'out' then 6 else 0 end,
           case a.direction when 'out' then a.occurred_at + interval '4 seconds' end, case a.direction when 'out' then a.performed_by end, a.occurred_at
      from public.activities a join public.phone_numbers n on n.workspace_id = a.workspace_id and n.is_default_sender
     where a.workspace_id = ${workspace} and a.kind = 'sms' and a.phone_id is not null and a.direction is not null and a.body is not null`;
  const chosen = await sql<{ phone_id: string; person_id: string; user_id: string }[]>`
    select d.phone_id, d.only_one as person_id, d.user_id from demo_calls d
      join public.phones p on p.workspace_id = ${workspace} and p.id = d.phone_id and p.sms_opted_out_at is null and coalesce(p.line_type, 'mobile') = 'mobile'
     where d.only_one is not null and d.is_talk order by d.started_at desc, d.phone_id limit ${demoTexts.length}`;
  for (const [place, { phone_id, person_id, user_id }] of chosen.entries()) {
    const words = demoTexts[place];
    if (!words) continue;
    for (const direction of ['out', 'in'] as const) {
      const when = new Date(
        Date.parse(at) - (place * 47 + (direction === 'out' ? 35 : 12)) * MINUTE_MS,
      ).toISOString();
      const isOut = direction === 'out';
      const [text] = await sql<{ id: string }[]>`insert into public.sms_messages ${sql({
        workspace_id: workspace,
        direction,
        phone_id,
        person_id,
        body: words[direction],
        segments: 1,
        status: isOut ? 'sent' : 'received',
        run_at: isOut ? when : null,
        attempts: isOut ? 1 : 0,
        sent_at: isOut ? when : null,
        received_at: isOut ? null : when,
        delivery: isOut ? 'delivered' : null,
        delivery_rank: isOut ? 6 : 0,
        delivered_at: isOut ? when : null,
        created_by: isOut ? user_id : null,
        created_at: when,
      })} returning id`;
      await sql`insert into public.activities ${sql({
        workspace_id: workspace,
        kind: 'sms',
        channel: 'sms',
        direction,
        body: words[direction],
        occurred_at: when,
        performed_by: isOut ? user_id : null,
        person_id,
        phone_id,
        details: sql.json({ sms_id: text?.id ?? null }),
        created_at: when,
        updated_at: when,
      })}`;
    }
  }
  await sql`update public.sms_messages m set phone_number_id = n.id from public.phone_numbers n
    where m.workspace_id = ${workspace} and m.phone_number_id is null and n.workspace_id = m.workspace_id and n.is_default_sender`;
}
