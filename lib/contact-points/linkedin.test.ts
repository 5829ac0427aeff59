import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLinkedIn } from '@/lib/contact-points/linkedin';

describe('a LinkedIn profile', () => {
  it('has one address, whatever the link looked like', () => {
    const slug = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/).filter((text) => text.length > 0);
    fc.assert(
      fc.property(slug, (name) => {
        const address = `https://www.linkedin.com/in/${name}`;
        const ways = [
          address,
          `${address}/`,
          `http://linkedin.com/in/${name}?trk=people`,
          `uk.linkedin.com/in/${name}/en`,
          `https://m.linkedin.com/in/${name.toUpperCase()}#about`,
          `www.linkedin.com/mwlite/in/${name}`,
          `in/${name}`,
        ];
        for (const way of ways) expect(parseLinkedIn(way)).toEqual({ ok: true, value: address });
      }),
    );
  });

  it('reads back as itself, in any script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (name) => {
        const parsed = parseLinkedIn(`https://www.linkedin.com/in/${encodeURIComponent(name)}`);
        if (parsed.ok) expect(parseLinkedIn(parsed.value)).toEqual(parsed);
      }),
    );
    expect(parseLinkedIn('linkedin.com/in/josé-garcía')).toEqual(
      parseLinkedIn('linkedin.com/in/jos%C3%A9-garc%C3%ADa/'),
    );
  });

  it('keeps the capitals of member ids, which tell people apart', () => {
    const id = 'https://www.linkedin.com/in/ACoAABCDefghIJKLmnopQRST';
    expect(parseLinkedIn(`${id}?x=1`)).toEqual({ ok: true, value: id });
  });

  it.each([
    ['https://www.linkedin.com/company/acme', 'is a company page, not a person’s'],
    [
      'https://www.linkedin.com/sales/lead/ACwAAA,NAME',
      'is a Sales Navigator address; open the person’s public profile and copy that one',
    ],
    ['linkedin.com/pub/ann-lee/1/2/3', 'is an old public address; open it and copy the one with /in/'],
    ['https://firm.example/linkedin.com/in/ann', 'is not a LinkedIn address'],
    ['https://linkedin.com.firm.example/in/ann', 'is not a LinkedIn address'],
    ['https://www.linkedin.com/feed/', 'is not the address of a person’s profile'],
    ['linkedin.com/in/%zz', 'has a broken % code in it'],
    ['-', 'is empty'],
  ])('refuses %s: %s', (text, reason) => {
    expect(parseLinkedIn(text)).toEqual({ ok: false, reason });
  });
});
