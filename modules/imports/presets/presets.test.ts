import { describe, expect, it } from 'vitest';
import { imported } from '@/tests/fixtures/imports/read';

const numbers = (party: { phones: { e164: string }[] } | null | undefined) =>
  party?.phones.map((phone) => phone.e164);

describe('the other lists', () => {
  it('contacts: a number that tells its kind keeps it', async () => {
    const leila = (await imported('contacts-investors.csv')).find(
      (record) => record.people[0]?.first_name === 'Leila',
    );
    expect(leila?.people[0]?.phones).toEqual([{ e164: '+442079460018', label: null, line_type: 'landline' }]);
  });

  it('family offices: the company’s e-mail is the firm’s, the others the person’s', async () => {
    const [first] = await imported('family-offices.csv');
    expect(first?.organizations).toMatchObject([
      {
        kind: 'family_office',
        category: 'SFO',
        aum: '$1.2B',
        emails: [{ address: 'info@ashgrove.example' }],
      },
    ]);
    expect(first?.people[0]?.emails).toEqual([
      { address: 'eleanor@ashgrove.example', label: 'Personal' },
      { address: 'eleanor.a@mailbox.example', label: 'Secondary' },
    ]);
    expect(first?.people[0]).toMatchObject({
      linkedin_url: 'https://www.linkedin.com/in/eleanor-ashgrove',
      details: { 'Alma Mater': 'Yale University' },
      organization: 0,
    });
  });

  it('family offices: a company page is no person’s profile', async () => {
    const sofia = (await imported('family-offices.csv')).find(
      (record) => record.people[0]?.first_name === 'Sofia',
    );
    expect(sofia?.people[0]?.linkedin_url).toBeNull();
    expect(sofia?.problems[0]?.message).toContain('company page');
  });

  it('contacts: what somebody is comes from the role or the source, a job becomes the title', async () => {
    const found = await imported('contacts-investors.csv');
    expect(found[0]?.people[0]).toMatchObject({
      title: null,
      contact_types: ['investor'],
      city: 'San Francisco',
      state: 'CA',
    });
    expect(found[1]?.people[0]).toMatchObject({
      title: 'Managing Partner, Gulf Equity',
      contact_types: ['investor'],
    });
    expect(found[3]).toMatchObject({
      people: [],
      organizations: [{ name: 'Summit Opportunity Fund', kind: 'fund' }],
    });
  });

  it('contacts: details are merged from JSON, kept as text where they are none, and reach no prototype', async () => {
    const found = await imported('contacts-investors.csv');
    expect(found[0]?.people[0]?.details).toMatchObject({
      accredited: true,
      interests: ['multifamily', 'industrial'],
    });
    expect(found[4]?.people[0]?.details).toMatchObject({ details: 'not json: met at the fair' });
    const nina = found.find((record) => record.people[0]?.first_name === 'Nina');
    expect(JSON.stringify(nina?.people)).not.toContain('__proto__');
    expect(nina?.people[0]?.details).toMatchObject({ city: 'Rome' });
  });

  it('contacts: a number alone fails its row', async () => {
    const failed = (await imported('contacts-investors.csv')).filter((record) => record.failed !== null);
    expect(failed.map(({ line, failed: reason }) => [line, reason])).toEqual([
      [9, 'No name, e-mail or organization in this row.'],
    ]);
  });

  it('GoHighLevel: tags are split, names get their capitals, the export’s apostrophe goes', async () => {
    const found = await imported('gohighlevel.csv');
    expect(found[0]?.people[0]).toMatchObject({
      first_name: 'Maya',
      last_name: 'Chen',
      tags: ['webinar', 'oz-investor'],
    });
    expect(numbers(found[1]?.people[0])).toEqual(['+16175550110']);
    expect(found[5]?.people[0]?.tags).toEqual(['Webinar', 'do not text']);
  });

  it('n8n leads: only a good reply makes a lead warm', async () => {
    const warm = (await imported('n8n-leads.csv')).filter(
      (record) => record.people[0]?.lead_status === 'warm',
    );
    expect(warm.map((record) => record.people[0]?.first_name)).toEqual(['Grace', 'Chloe']);
    expect(warm[0]?.people[0]?.details).toMatchObject({ sentiment: 'positive', lead_type: 'trustee' });
    expect(warm[0]?.organizations[0]).toMatchObject({ industry: 'Banking', domain: 'lonestartrust.example' });
  });

  it('Eventbrite: attendees are warm investors, refunds are not warm', async () => {
    const found = await imported('eventbrite.csv');
    expect(found[0]?.people[0]).toMatchObject({
      lead_status: 'warm',
      contact_types: ['investor'],
      title: 'Partner',
    });
    const ben = found.find((record) => record.people[0]?.first_name === 'Ben');
    expect(ben?.people[0]).toMatchObject({ lead_status: null, contact_types: ['investor'] });
    expect(found.find((record) => record.line === 7)?.failed).toBe(
      'No name, e-mail or organization in this row.',
    );
  });

  it('any other list: people, trusts and properties come out of one row', async () => {
    const found = await imported('generic-owners.tsv');
    expect(found[0]).toMatchObject({
      people: [{ first_name: 'Robert & Linda', last_name: 'Hayes', property_roles: ['owner'] }],
      property: { address: '100 Main St', city: 'Dayton', state: 'OH', units: 4 },
    });
    expect(found[1]).toMatchObject({
      people: [],
      organizations: [{ name: 'Hayes Family Trust', property_roles: ['owner'] }],
    });
    expect(numbers(found[3]?.property)).toEqual(['+13305550104']);
  });
});
