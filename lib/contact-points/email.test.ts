import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEmail, parseEmails } from '@/lib/contact-points/email';

describe('one address', () => {
  it('is the same however it is wrapped, and reads back as itself', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const parsed = parseEmail(address);
        if (!parsed.ok) return;
        expect(parsed.value).toBe(parsed.value.toLowerCase().trim());
        for (const way of [
          parsed.value,
          ` ${parsed.value.toUpperCase()} `,
          `<${parsed.value}>`,
          `mailto:${parsed.value}`,
        ]) {
          expect(parseEmail(way)).toEqual(parsed);
        }
      }),
    );
  });

  it('accepts ordinary addresses', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z][a-z0-9]{0,9}([._+-][a-z0-9]{1,5})?$/),
        fc.domain(),
        (local, domain) => {
          expect(parseEmail(`${local}@${domain}`)).toEqual({
            ok: true,
            value: `${local}@${domain.toLowerCase()}`,
          });
        },
      ),
    );
  });

  it.each([
    ['Ann Lee <Ann@Firm.example>', 'ann@firm.example'],
    ['"Lee, Ann" <ann@firm.example>', 'ann@firm.example'],
    ['ann@firm.example (work)', 'ann@firm.example'],
    ['ann@firm.example.', 'ann@firm.example'],
    ['mailto:ann@firm.example?subject=Hi', 'ann@firm.example'],
    ["o'neil@firm.example", "o'neil@firm.example"],
    ['ann@münchen.example', 'ann@xn--mnchen-3ya.example'],
  ])('%s', (text, address) => {
    expect(parseEmail(text)).toEqual({ ok: true, value: address });
  });

  it.each([
    ['', 'is empty'],
    ['n/a', 'is empty'],
    ['ann at firm.example', 'has no @'],
    ['ann@@firm.example', 'has more than one @'],
    ['ann@firm', 'has no ending such as .com'],
    ['ann..lee@firm.example', 'has two dots in a row'],
    ['@firm.example', 'has nothing before the @'],
    ['none@none.com', 'is a made-up address'],
    [`${'a'.repeat(65)}@firm.example`, 'is too long for an e-mail address'],
    ['ann@[127.0.0.1]', 'is not an e-mail address'],
  ])('refuses %j: %s', (text, reason) => {
    expect(parseEmail(text)).toEqual({ ok: false, reason });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => {
        for (const address of parseEmails(text).values)
          expect(parseEmail(address)).toEqual({ ok: true, value: address });
      }),
    );
  });
});

describe('a cell of several addresses', () => {
  it.each([
    'a@firm.example; b@firm.example',
    'a@firm.example,b@firm.example',
    'a@firm.example b@firm.example',
    'A <a@firm.example>; B <b@firm.example>; a@firm.example',
    'a@firm.example / b@firm.example',
  ])('%j', (text) => {
    expect(parseEmails(text)).toEqual({ values: ['a@firm.example', 'b@firm.example'], rejected: [] });
  });

  it('keeps the good, names the bad, and takes a stand-in for nothing', () => {
    expect(parseEmails('a@firm.example; b@@firm.example')).toEqual({
      values: ['a@firm.example'],
      rejected: [{ text: 'b@@firm.example', reason: 'has more than one @' }],
    });
    expect(parseEmails('none@none.com')).toEqual({ values: [], rejected: [] });
    expect(parseEmails('ann@firm,example').rejected).toEqual([
      { text: 'ann@firm,example', reason: 'has no ending such as .com' },
    ]);
  });
});
