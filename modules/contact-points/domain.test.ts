import { describe, expect, test } from 'vitest';
import { bestTone, emailState, namedTogether, otherSharers, phoneState } from './domain';

const phone = { status: 'active', do_not_call: false, sms_opted_out: false };

describe('the state of a point', () => {
  test('the gravest fact about a phone is the one told', () => {
    expect(phoneState({ status: 'invalid', do_not_call: true, sms_opted_out: true }).words).toBe(
      'Wrong number',
    );
    expect(phoneState({ ...phone, do_not_call: true, sms_opted_out: true }).words).toBe('Do not call');
    expect(phoneState({ ...phone, sms_opted_out: true })).toEqual({ words: 'No SMS', tone: 'caution' });
    expect(phoneState(phone).tone).toBe('ok');
  });

  test('every state that must not be written to is blocked', () => {
    for (const status of ['hard_bounced', 'complained', 'unsubscribed', 'suppressed']) {
      expect(emailState({ status }).tone).toBe('blocked');
    }
  });

  test('one usable point is enough to reach somebody', () => {
    expect(bestTone([phoneState({ ...phone, do_not_call: true }), phoneState(phone)])).toBe('ok');
    expect(bestTone([phoneState({ ...phone, do_not_call: true })])).toBe('blocked');
  });
});

describe('who shares a point', () => {
  test('the record looked at is not told about itself', () => {
    const sharers = {
      people: [
        { id: 'a', name: 'Ada', label: null },
        { id: 'b', name: 'Bo', label: null },
      ],
      organizations: [{ id: 'o', name: 'Harbor', label: null }],
      properties: [],
    };
    expect(otherSharers(sharers, 'a').map(({ href }) => href)).toEqual(['/people/b', '/organizations/o']);
  });

  test('a long list is counted rather than cut', () => {
    expect(namedTogether(['Ada'])).toBe('Ada');
    expect(namedTogether(['Ada', 'Bo'])).toBe('Ada and Bo');
    expect(namedTogether(['Ada', 'Bo', 'Cy', 'Di'])).toBe('Ada, Bo and 2 more');
  });
});
