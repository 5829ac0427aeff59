/** What the gate is told of numbers: zones as clocks show them, and one set of facts whoever shares a number. */
import { Temporal } from 'temporal-polyfill';
import { beforeAll, describe, expect, test } from 'vitest';
import { hoursOf, type PhoneFactsRow } from '@/modules/gate/phone';
import { sql, sqlstateOf } from '../support/db';
import {
  type Cast,
  createCast,
  createOrganization,
  createPerson,
  createProperty,
  uniquePhone,
} from '../support/factories';
import { makeSendingCampaign, queued, queueFirstMail, recipientNow } from '../support/sending';

let cast: Cast;
beforeAll(async () => {
  cast = await createCast();
});

const workspace = () => cast.workspace.id;

async function phoneId(e164: string): Promise<string> {
  const [row] = await sql()<{ id: string }[]>`
    select id from phones where workspace_id = ${workspace()} and e164 = ${e164}`;
  if (!row) throw new Error(`no phone ${e164}`);
  return row.id;
}

/** A number with nobody behind it, or those of the person whose it is. */
async function addNumber(e164 = uniquePhone(), set: Record<string, unknown> = {}): Promise<string> {
  const [row] = await sql()<{ id: string }[]>`
    insert into phones ${sql()({ workspace_id: workspace(), e164, ...set })} returning id`;
  return row?.id as string;
}

async function personAt(e164: string, input: Parameters<typeof createPerson>[2] = {}): Promise<string> {
  const { id } = await createPerson(cast.member, cast.workspace, { ...input, phones: [e164] });
  return id;
}

async function zonesOf(e164: string): Promise<{ zones: string[]; is_known: boolean }> {
  const [row] = await sql()<{ zones: string[]; is_known: boolean }[]>`
    select zones, is_known from private.phone_zones(${workspace()}, ${[await phoneId(e164)]})`;
  return row as { zones: string[]; is_known: boolean };
}

async function factsOf(phone: string, caller: string | null = null, at = new Date()): Promise<PhoneFactsRow> {
  const [row] = await sql()<{ facts: Record<string, PhoneFactsRow> }[]>`
    select private.phone_facts(${workspace()}, ${[phone]}, ${caller}, ${at}) as facts`;
  return row?.facts[phone] as PhoneFactsRow;
}

describe('zones', () => {
  const instants: string[] = [];
  // both nights of the clock in the Americas and in Europe, and quiet days of both halves of the year; of a year that is over, since
  // laws to come stand in one release of the tz database and not in another
  for (const day of [
    '2025-03-08',
    '2025-03-09',
    '2025-03-30',
    '2025-07-15',
    '2025-10-26',
    '2025-11-01',
    '2025-11-02',
    '2025-12-31',
  ])
    for (let hour = 0; hour < 24; hour += 1)
      for (const rest of ['00:00', '29:59', '30:00', '59:59'])
        instants.push(`${day}T${String(hour).padStart(2, '0')}:${rest}Z`);

  test('in which it is open are exactly those whose clock shows so, for every zone that a number or a state has', async () => {
    const known = (
      await sql()<{ zone: string }[]>`
        select distinct z as zone from (select unnest(zones) as z from private.phone_prefix_zones
          union select unnest(zones) from private.state_zone_names) x order by 1`
    ).map(({ zone }) => zone);
    expect(known.length).toBeGreaterThan(200);
    const wrong: string[] = [];
    const rows = await sql()<{ at: Date; zones: string[] }[]>`
      select t.at, private.open_zones(t.at, '08:00', '21:00') as zones from unnest(${instants}::timestamptz[]) as t(at)`;
    expect(rows).toHaveLength(instants.length);
    for (const { at, zones } of rows) {
      const open = new Set(zones);
      const instant = Temporal.Instant.fromEpochMilliseconds(at.getTime());
      for (const zone of known) {
        const { hour } = instant.toZonedDateTimeISO(zone);
        if (open.has(zone) !== (hour >= 8 && hour < 21)) wrong.push(`${at.toISOString()} ${zone}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('that are open next, the database and the gate say alike', async () => {
    const sets = [
      ['America/New_York'],
      ['America/New_York', 'America/Los_Angeles'],
      ['Pacific/Honolulu', 'America/New_York', 'America/Adak'],
      ['America/St_Johns', 'America/Halifax', 'America/Puerto_Rico'],
      ['Asia/Tokyo', 'America/New_York'],
    ];
    for (const zones of sets)
      for (const instant of instants.filter((_, index) => index % 7 === 0)) {
        const [row] = await sql()<{ opens: Date | null }[]>`
          select private.next_opening(${instant}, ${zones}, '08:00', '21:00') as opens`;
        const { opensAt } = hoursOf(
          { zones, isZoneKnown: true, hours: { start: '08:00', end: '21:00' } },
          Date.parse(instant),
        );
        expect([instant, zones, row?.opens?.getTime() ?? null]).toEqual([instant, zones, opensAt]);
      }
  });

  test('of a state by its code or its name, both where it lies in two', async () => {
    const ask = async (state: string) =>
      (await sql()<{ zones: string[] | null }[]>`select private.state_zones(${state}) as zones`)[0]?.zones;
    expect(await ask('NY')).toEqual(['America/New_York']);
    expect(await ask(' n.y. ')).toEqual(['America/New_York']);
    expect(await ask('New  york')).toEqual(['America/New_York']);
    expect(await ask('Texas')).toEqual(['America/Chicago', 'America/Denver']);
    expect(await ask('Atlantis')).toBeNull();
    const [{ states } = { states: 0 }] = await sql()<{ states: number }[]>`
      select count(*)::integer as states from private.state_zone_names`;
    expect(states).toBe(56 + 13);
  });

  test('of a number are those of its area code and of where its people live', async () => {
    const own = '+12125550188';
    await personAt(own, { state: 'NY' });
    expect(await zonesOf(own)).toEqual({ zones: ['America/New_York'], is_known: true });
    await personAt(own, { state: 'California' });
    expect(await zonesOf(own)).toEqual({
      zones: ['America/Los_Angeles', 'America/New_York'],
      is_known: true,
    });
    const two = '+12705550188';
    await personAt(two);
    expect((await zonesOf(two)).zones).toEqual(['America/Chicago', 'America/New_York']);
    const tollFree = '+18005550188';
    await personAt(tollFree, { state: 'CA' });
    expect((await zonesOf(tollFree)).zones).toHaveLength(8);
  });

  test('of a number that no table knows are the workspace’s, and it says so; one that a person set counts alone', async () => {
    const nowhere = '+88351000550188';
    const phone = await addNumber(nowhere);
    expect(await zonesOf(nowhere)).toEqual({ zones: ['America/New_York'], is_known: false });
    await personAt(nowhere, { state: 'Hawaii' });
    expect(await zonesOf(nowhere)).toEqual({ zones: ['Pacific/Honolulu'], is_known: true });
    await sql()`update phones set time_zone = 'Asia/Tokyo' where id = ${phone}`;
    expect(await zonesOf(nowhere)).toEqual({ zones: ['Asia/Tokyo'], is_known: true });
    // a name that nobody knows is no zone
    await sql()`update phones set time_zone = 'Atlantis/Harbor' where id = ${phone}`;
    expect(await zonesOf(nowhere)).toEqual({ zones: ['Pacific/Honolulu'], is_known: true });
  });

  test('of a number of an organization or a property are those of its address', async () => {
    const e164 = '+883510005501';
    const phone = await addNumber(e164);
    const organization = await createOrganization(cast.member, cast.workspace, { state: 'AZ' });
    await sql()`insert into organization_phones (workspace_id, organization_id, phone_id) values (${workspace()}, ${organization.id}, ${phone})`;
    expect((await zonesOf(e164)).zones).toEqual(['America/Denver', 'America/Phoenix']);
    const property = await createProperty(cast.member, cast.workspace, { state: 'HI' });
    await sql()`insert into property_phones (workspace_id, property_id, phone_id) values (${workspace()}, ${property.id}, ${phone})`;
    expect((await zonesOf(e164)).zones).toEqual(['America/Denver', 'America/Phoenix', 'Pacific/Honolulu']);
  });
});

describe('facts of a number', () => {
  test('nobody stands behind it only once all who share it are gone or not to be contacted', async () => {
    const e164 = uniquePhone();
    const first = await personAt(e164);
    const second = await personAt(e164);
    const phone = await phoneId(e164);
    const nobody = async () => (await factsOf(phone)).nobody_behind;
    await sql()`update people set lead_status = 'do_not_contact' where id = ${first}`;
    expect(await nobody()).toBe(false);
    await sql()`update people set deleted_at = now() where id = ${second}`;
    expect(await nobody()).toBe(true);
    await sql()`update people set deleted_at = null where id = ${second}`;
    expect(await nobody()).toBe(false);
    const organization = await createOrganization(cast.member, cast.workspace);
    await sql()`insert into person_organizations (workspace_id, person_id, organization_id) values (${workspace()}, ${second}, ${organization.id})`;
    await sql()`update organizations set status = 'do_not_contact' where id = ${organization.id}`;
    expect(await nobody()).toBe(true);
  });

  test('a property’s own number has the property behind it, and a number of nobody has nobody to spare', async () => {
    const phone = await addNumber();
    expect((await factsOf(phone)).nobody_behind).toBe(false);
    const property = await createProperty(cast.member, cast.workspace);
    await sql()`insert into property_phones (workspace_id, property_id, phone_id) values (${workspace()}, ${property.id}, ${phone})`;
    expect((await factsOf(phone)).nobody_behind).toBe(false);
    await sql()`update properties set deleted_at = now() where id = ${property.id}`;
    expect((await factsOf(phone)).nobody_behind).toBe(true);
  });

  test('a claim is told with whose it is, and is none once it has run out', async () => {
    const phone = await addNumber();
    await sql()`insert into call_claims (workspace_id, phone_id, user_id, expires_at)
      values (${workspace()}, ${phone}, ${cast.member.userId}, now() + interval '2 minutes')`;
    expect((await factsOf(phone, cast.member.userId)).claim).toMatchObject({ is_mine: true });
    expect((await factsOf(phone, cast.admin.userId)).claim).toMatchObject({
      is_mine: false,
      user_id: cast.member.userId,
    });
    expect((await factsOf(phone, null)).claim).toMatchObject({ is_mine: false });
    expect((await factsOf(phone, null, new Date(Date.now() + 121_000))).claim).toBeNull();
  });

  test('holds of the number, its people and its properties count, the latest of each reason, lifted and past ones not', async () => {
    const e164 = uniquePhone();
    const person = await personAt(e164);
    const phone = await phoneId(e164);
    const property = await createProperty(cast.member, cast.workspace);
    await sql()`insert into property_people (workspace_id, property_id, person_id, role) values (${workspace()}, ${property.id}, ${person}, 'owner')`;
    const add = (
      column: 'phone_id' | 'person_id' | 'property_id',
      id: string,
      reason: string,
      minutes: number | null,
      lifted = false,
    ) =>
      sql()`insert into call_holds ${sql()({
        workspace_id: workspace(),
        [column]: id,
        reason,
        until: minutes === null ? null : new Date(Date.now() + minutes * 60_000),
        lifted_at: lifted ? new Date() : null,
      })}`;
    await add('phone_id', phone, 'called', 10);
    await add('phone_id', phone, 'called', 30);
    await add('phone_id', phone, 'by_hand', null, true);
    await add('person_id', person, 'person_called', 60);
    await add('person_id', person, 'rejected', null);
    await add('property_id', property.id, 'property_called', 60);
    await add('property_id', property.id, 'closed', -5);
    const { holds } = await factsOf(phone);
    expect(holds.map(({ reason }) => reason).sort()).toEqual([
      'called',
      'person_called',
      'property_called',
      'rejected',
    ]);
    const called = holds.find(({ reason }) => reason === 'called');
    expect(Date.parse(called?.until ?? '')).toBeGreaterThan(Date.now() + 29 * 60_000);
    expect(holds.find(({ reason }) => reason === 'rejected')?.until).toBeNull();
  });

  test('what an owner owns is behind the number as well', async () => {
    const e164 = uniquePhone();
    const person = await personAt(e164);
    const property = await createProperty(cast.member, cast.workspace);
    const [owner] = await sql()<{ id: string }[]>`
      insert into owners (workspace_id, kind, person_id, display_name) values (${workspace()}, 'individual', ${person}, 'An owner') returning id`;
    await sql()`update properties set owner_id = ${owner?.id as string} where id = ${property.id}`;
    const rows =
      await sql()`select distinct property_id from private.call_places(${workspace()}, ${[await phoneId(e164)]})`;
    expect(rows).toEqual([{ property_id: property.id }]);
  });

  test('calls and texts of the last 24 hours are counted, and when there is room again', async () => {
    const phone = await addNumber();
    const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
    const dialled = (hours: number, set: Record<string, unknown> = {}) =>
      sql()`insert into calls ${sql()({ workspace_id: workspace(), phone_id: phone, started_at: ago(hours), ...set })}`;
    await dialled(25);
    await dialled(20);
    await dialled(10);
    await dialled(1);
    await dialled(2, { direction: 'in' });
    await dialled(2, { status: 'failed' });
    const text = (hours: number, set: Record<string, unknown> = {}) =>
      sql()`insert into sms_messages ${sql()({ workspace_id: workspace(), phone_id: phone, direction: 'out', body: 'Hello', status: 'sent', sent_at: ago(hours), ...set })}`;
    await text(30);
    await text(3);
    await text(2, { purpose: 'auto' });
    const facts = await factsOf(phone);
    expect(facts.calls).toMatchObject({ count: 3, cap: 3 });
    expect(Math.abs(Date.parse(facts.calls.free_at ?? '') - ago(20).getTime() - 86_400_000)).toBeLessThan(
      2000,
    );
    expect(facts.texts).toMatchObject({ count: 1, cap: 5, free_at: null });
    await sql()`insert into calling_settings (workspace_id, calls_per_day, hours_start) values (${workspace()}, 2, '09:00')`;
    try {
      const narrower = await factsOf(phone);
      expect(narrower.hours).toEqual({ start: '09:00:00', end: '21:00:00' });
      expect(
        Math.abs(Date.parse(narrower.calls.free_at ?? '') - ago(10).getTime() - 86_400_000),
      ).toBeLessThan(2000);
    } finally {
      await sql()`delete from calling_settings where workspace_id = ${workspace()}`;
    }
  });

  test('of another workspace are not told', async () => {
    const phone = await addNumber();
    const [row] =
      await sql()`select private.phone_facts(${cast.otherWorkspace.id}, ${[phone]}, null) as facts`;
    expect(row?.facts).toEqual({});
  });
});

describe('somebody who answered', () => {
  test('leaves campaigns at once, whatever ends these: what waits for them is dropped and says why', async () => {
    const campaign = await makeSendingCampaign(cast.member, cast.workspace, { exitsOnReply: false });
    const mail = await queueFirstMail(cast.member, campaign);
    const other = await queueFirstMail(cast.member, campaign);
    await sql()`select private.stop_outreach(${workspace()}, ${mail.personId}, 'person', 'answered')`;
    expect(await recipientNow(mail.recipientId)).toMatchObject({ status: 'done', exit_reason: 'answered' });
    expect(await queued(mail.id)).toMatchObject({
      status: 'cancelled',
      decision: { verdict: 'drop', reason: 'answered' },
    });
    expect(await recipientNow(other.recipientId)).toMatchObject({ status: 'active', exit_reason: null });
  });
});

describe('the do-not-call mark', () => {
  const state = async (phone: string) => {
    const [row] =
      await sql()`select do_not_call, do_not_call_at is not null as has_time, do_not_call_by, do_not_call_reason,
      sms_opted_out_at is not null as opted_out, sms_opt_out_source from phones where id = ${phone}`;
    return row;
  };
  const mark = (phone: string, is: boolean) =>
    cast.member.supabase.from('phones').update({ do_not_call: is }).eq('id', phone);

  test('names who set it and takes texts with it; lifted, it gives back only what it took', async () => {
    const phone = await addNumber();
    await mark(phone, true);
    expect(await state(phone)).toMatchObject({
      do_not_call: true,
      has_time: true,
      do_not_call_by: cast.member.userId,
      opted_out: true,
      sms_opt_out_source: 'do_not_call',
    });
    await mark(phone, false);
    expect(await state(phone)).toMatchObject({
      do_not_call: false,
      has_time: false,
      do_not_call_by: null,
      opted_out: false,
      sms_opt_out_source: null,
    });
    const stopped = await addNumber(uniquePhone(), {
      sms_opted_out_at: new Date(),
      sms_opt_out_source: 'keyword',
    });
    await mark(stopped, true);
    await mark(stopped, false);
    expect(await state(stopped)).toMatchObject({ opted_out: true, sms_opt_out_source: 'keyword' });
  });

  test('is lifted by no machine', async () => {
    const phone = await addNumber(uniquePhone(), { do_not_call: true, do_not_call_at: new Date() });
    expect(await sqlstateOf(() => sql()`update phones set do_not_call = false where id = ${phone}`)).toBe(
      'PT403',
    );
    expect(await state(phone)).toMatchObject({ do_not_call: true });
  });

  test('50 who add the same numbers at once add each once', async () => {
    const numbers = Array.from({ length: 40 }, (_, n) => ({
      e164: `+1737555${String(9000 + n)}`,
      reason: 'Asked',
    }));
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        cast.member.supabase.rpc('add_do_not_call', {
          workspace: workspace(),
          numbers: n % 2 ? numbers : [...numbers].reverse(),
        }),
      ),
    );
    expect(answers.filter(({ error }) => error)).toEqual([]);
    const added = answers
      .flatMap(({ data }) => data as { is_added: boolean }[])
      .filter(({ is_added }) => is_added);
    expect(added).toHaveLength(40);
  });
});

describe('the defaults', () => {
  test('of a workspace without rules of its own are those of the table', async () => {
    const [defaults] = await sql()`select * from private.calling_settings(${workspace()})`;
    const [row] =
      await sql()`insert into calling_settings (workspace_id) values (${workspace()}) returning *`;
    await sql()`delete from calling_settings where workspace_id = ${workspace()}`;
    const { id, created_at, updated_at, ...rest } = row as Record<string, unknown>;
    expect([id, created_at, updated_at].every(Boolean)).toBe(true);
    expect(defaults).toMatchObject(rest);
  });
});
