import { expect, test } from 'vitest';
import { replyTo, rotation } from './staging';

const domain = (id: string, daily_cap: number, warmup_started_on: string | null = null) => ({
  id,
  domain: `${id}.example`,
  daily_cap,
  warmup_started_on,
});
const shares = (choose: (n: number) => { id: string }, count: number) => {
  const found: Record<string, number> = {};
  for (let n = 0; n < count; n += 1) found[choose(n).id] = (found[choose(n).id] ?? 0) + 1;
  return found;
};

test('recipients spread over the domains by what each may send, few of them over all of them', () => {
  const equal = ['a', 'b', 'c'].map((id) => domain(id, 120));
  expect(Object.keys(shares(rotation(equal, '2026-11-23'), 5))).toHaveLength(3);
  for (const count of Object.values(shares(rotation(equal, '2026-11-23'), 3000))) {
    expect(Math.abs(count - 1000)).toBeLessThan(10);
  }
  const uneven = shares(rotation([domain('large', 300), domain('small', 100)], '2026-11-23'), 4000);
  expect(Math.abs((uneven.large ?? 0) - 3000)).toBeLessThan(10);
});

test('a domain that warms up gets no more than its day allows', () => {
  const choose = rotation([domain('warm', 120), domain('new', 120, '2026-11-23')], '2026-11-23');
  const found = shares(choose, 1300);
  expect(Math.abs((found.new ?? 0) - 100)).toBeLessThan(10);
});

test('replies go to the mailbox with the thread behind a plus, else to the address for replies', () => {
  const sender = {
    id: '',
    name: 'Dana',
    localPart: 'dana',
    replyTo: 'office@oak.example',
    mailboxId: null,
    mailboxAddress: null,
    signature: '',
    postalAddress: '',
  };
  const token = 'a'.repeat(32);
  expect(replyTo(sender, token)).toBe('office@oak.example');
  expect(replyTo({ ...sender, mailboxAddress: 'dana@oak.example' }, token)).toBe(`dana+${token}@oak.example`);
  expect(replyTo({ ...sender, replyTo: null }, token)).toBeNull();
});
