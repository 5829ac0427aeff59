import { beforeAll, describe, expect, it } from 'vitest';
import { inspectFile } from '@/modules/imports/records';
import type { ImportRecord } from '@/modules/imports/schema';
import { fixture, rows } from '@/tests/fixtures/imports/read';

let qozbHeader: string[] = [];
beforeAll(async () => {
  qozbHeader = (await inspectFile(fixture('qozb.csv'))).headers;
});

/** One QOZB row from its named cells. */
const qozbRow = async (cells: Record<string, string>): Promise<ImportRecord> => {
  const row = qozbHeader.map((header) => cells[header] ?? '');
  for (const header of Object.keys(cells)) expect(qozbHeader).toContain(header);
  const [record] = await rows('qozb', [[...qozbHeader], row]);
  if (!record) throw new Error('no record');
  return record;
};

const property = {
  'Property Name': 'Mueller Terrace',
  Address: '4550 Mueller Blvd',
  City: 'Austin',
  State: 'TX',
};
const numbers = (party: { phones: { e164: string }[] } | null | undefined) =>
  party?.phones.map((phone) => phone.e164);
const addresses = (party: { emails: { address: string }[] } | undefined) =>
  party?.emails.map((email) => email.address);

describe('QOZB rows', () => {
  it('give a contact its numbers and its firm the website and address', async () => {
    const record = await qozbRow({
      ...property,
      Owner: 'Harbor Point Holdings LLC',
      'Owner Contact First Name': 'ANN',
      'Owner Contact Last Name': 'LEE',
      'Owner Contact Email': 'Ann.Lee@harborpoint.example',
      'Owner Contact Phone Number': '(617) 555-0110',
      'Owner Contact Website': 'www.harborpoint.example',
      'Owner Contact City': 'Boston',
      'Owner Contact State': 'Massachusetts',
      'Owner Contact ZIP': '2110',
    });
    expect(record.people).toMatchObject([
      {
        first_name: 'Ann',
        last_name: 'Lee',
        city: null,
        organization: 0,
        property_roles: ['owner'],
        emails: [{ address: 'ann.lee@harborpoint.example' }],
        phones: [{ e164: '+16175550110' }],
      },
    ]);
    expect(record.organizations).toMatchObject([
      {
        name: 'Harbor Point Holdings LLC',
        kind: 'owner_llc',
        domain: 'harborpoint.example',
        city: 'Boston',
        state: 'MA',
        zip: '02110',
        phones: [],
        emails: [],
        property_roles: ['owner'],
      },
    ]);
  });

  it('give the firm the points where nobody is named', async () => {
    const record = await qozbRow({
      ...property,
      Manager: 'Bayside Property Management',
      'Manager Contact Email': 'office@baysidepm.example',
      'Manager Contact Phone Number': '617-555-0112',
    });
    expect(record.people).toEqual([]);
    expect(numbers(record.organizations[0])).toEqual(['+16175550112']);
    expect(addresses(record.organizations[0])).toEqual(['office@baysidepm.example']);
  });

  it('give a person without a firm the role’s place', async () => {
    const record = await qozbRow({
      ...property,
      'Manager Contact First Name': 'Dana',
      'Manager Contact Last Name': 'Whitfield',
      'Manager Contact City': 'Austin',
      'Manager Contact State': 'Texas',
    });
    expect(record.organizations).toEqual([]);
    expect(record.people).toMatchObject([{ city: 'Austin', state: 'TX', organization: null }]);
  });

  it('make one party of the same firm and contact in several roles', async () => {
    const record = await qozbRow({
      ...property,
      Owner: 'Citrus Point, LLC',
      'Owner Contact First Name': 'Raj',
      'Owner Contact Last Name': 'Patel',
      'Owner Contact Email': 'raj@citrus.example',
      Manager: 'CITRUS POINT LLC',
      'Manager Contact First Name': 'Raj',
      'Manager Contact Last Name': 'Patel',
      'Manager Contact Phone Number': '602-555-0132',
    });
    expect(record.organizations).toMatchObject([{ property_roles: ['owner', 'manager'] }]);
    expect(record.people).toMatchObject([{ property_roles: ['owner', 'manager'], organization: 0 }]);
    expect(numbers(record.people[0])).toEqual(['+16025550132']);
  });

  it('keep two people of one name apart whose points differ, and two firms of one name in two states', async () => {
    const record = await qozbRow({
      ...property,
      Owner: 'Acadia',
      'Owner Contact State': 'MD',
      'Owner Contact First Name': 'Sam',
      'Owner Contact Last Name': 'Hill',
      'Owner Contact Email': 'sam@one.example',
      Manager: 'Acadia',
      'Manager Contact State': 'MA',
      'Manager Contact First Name': 'Sam',
      'Manager Contact Last Name': 'Hill',
      'Manager Contact Email': 'sam@two.example',
    });
    expect(record.organizations).toHaveLength(2);
    expect(record.people.map((person) => person.organization)).toEqual([0, 1]);
  });

  it('leave the property its own number, also where a role has the same', async () => {
    const record = await qozbRow({
      ...property,
      'Phone Number': '(617) 555-0101',
      Manager: 'Bayside',
      'Manager Contact First Name': 'Tom',
      'Manager Contact Phone Number': '617.555.0101',
    });
    expect(numbers(record.property)).toEqual(['+16175550101']);
    expect(numbers(record.people[0])).toEqual(['+16175550101']);
  });

  it('invent nobody: a number without a name is the property’s, an e-mail alone is a person', async () => {
    const record = await qozbRow({
      ...property,
      'Manager Contact Phone Number': '303-555-0142',
      'Owner Contact Email': 'leasing@welton.example',
    });
    expect(record.property?.phones).toEqual([{ e164: '+13035550142', label: 'Manager' }]);
    expect(record.people).toMatchObject([{ first_name: null, last_name: null, property_roles: ['owner'] }]);
  });

  it('take trusts in the name columns for organizations and couples for one party', async () => {
    const record = await qozbRow({
      ...property,
      'Owner Contact First Name': 'Smith Family',
      'Owner Contact Last Name': 'Trust',
      'Owner Contact Phone Number': '602-555-0131',
      'Trustee Contact First Name': 'JOHN & MARY',
      'Trustee Contact Last Name': 'SMITH',
    });
    expect(record.organizations).toMatchObject([
      { name: 'Smith Family Trust', phones: [{ e164: '+16025550131' }] },
    ]);
    expect(record.people).toMatchObject([
      { first_name: 'John & Mary', last_name: 'Smith', property_roles: ['trustee'] },
    ]);
  });

  it('keep the columns that have no field as the property’s details', async () => {
    const record = await qozbRow({
      ...property,
      PropertyID: '200101',
      'Impr. Rating': 'A',
      'Property Special Status': 'Lease-up',
    });
    expect(record.property?.details).toEqual({
      PropertyID: '200101',
      'Impr. Rating': 'A',
      'Property Special Status': 'Lease-up',
    });
  });

  it('go on without a cell that is wrong, and say which', async () => {
    const record = await qozbRow({
      ...property,
      Units: 'about 180',
      Latitude: '999',
      'Completion Date': 'Q3 2026',
      Owner: 'Front Range LP',
      'Owner Contact Email': 'jose at frontrange.example',
      'Owner Contact Phone Number': '555-01',
      'Owner Contact Website': 'javascript:alert(1)',
    });
    expect(record.failed).toBeNull();
    expect(record.property).toMatchObject({ units: null, latitude: null, completion_date: 'Q3 2026' });
    expect(record.problems.map(({ table, column }) => `${table}: ${column}`)).toEqual([
      'properties: Latitude',
      'properties: Units',
      'emails: Owner Contact Email',
      'phones: Owner Contact Phone Number',
      'organizations: Owner Contact Website',
    ]);
    expect(record.raw).toHaveLength(qozbHeader.length);
  });

  it('fail where they name neither a property nor anybody', async () => {
    const record = await qozbRow({ PropertyID: '7', 'Owner Contact Phone Number': '602-555-0131' });
    expect(record).toMatchObject({ people: [], organizations: [], property: null, problems: [] });
    expect(record.failed).toBe('No property. No name, e-mail or organization in this row.');
  });
});
