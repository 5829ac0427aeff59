import { describe, expect, it } from 'vitest';
import {
  bareSubject,
  failureOf,
  type Header,
  kindOf,
  natureOf,
  parseFrom,
  replySubject,
  signsOf,
  signsOfReturned,
  splitQuoted,
} from './domain';

const token = '0123456789abcdef0123456789abcdef';
const other = 'fedcba9876543210fedcba9876543210';
const head = (fields: Record<string, string>): Header[] =>
  Object.entries({ From: 'Iris Lane <iris@mail.example>', Subject: 'Re: Palm Court', ...fields }).map(
    ([name, value]) => ({ name, value }),
  );

describe('whose answer a mail is', () => {
  it('reads tokens from plus addresses, whichever field they stand in', () => {
    for (const name of ['To', 'Cc', 'Delivered-To', 'X-Original-To']) {
      expect(signsOf(head({ [name]: `Dana <dana+${token.toUpperCase()}@agency.example>` })).tokens).toEqual([
        token,
      ]);
    }
    expect(signsOf(head({ To: 'dana+newsletter@agency.example' })).tokens).toEqual([]);
  });

  it('reads message ids and the tokens in them from In-Reply-To and folded References, each once', () => {
    const id = `<${token}.0123456789ab@out.example>`;
    const signs = signsOf(head({ 'In-Reply-To': id, References: `<a@mail.example>\r\n ${id}` }));
    expect(signs.messageIds).toEqual([id, '<a@mail.example>']);
    expect(signs.tokens).toEqual([token]);
  });

  it('reads who it is from, and nobody from a field that names nobody', () => {
    expect(parseFrom('"Lane, Iris" <Iris@Mail.Example>')).toEqual({
      name: 'Lane, Iris',
      address: 'iris@mail.example',
    });
    expect(parseFrom('iris@mail.example')).toEqual({ name: '', address: 'iris@mail.example' });
    expect(parseFrom('undisclosed')).toEqual({ name: '', address: '' });
    expect(parseFrom('iris@mail.example <fake> <dana@agency.example>').address).toBe('dana@agency.example');
    expect(parseFrom(`Iris${' '.repeat(100_000)}`), 'a field made to keep us busy').toEqual({
      name: '',
      address: '',
    });
  });

  it('reads of a mail that was given back what it was called and where answers were to go', () => {
    const signs = signsOfReturned([
      { name: 'Message-ID', value: `<${token}.0123456789ab@out.example>` },
      { name: 'X-Freehold-Thread', value: token },
      { name: 'Reply-To', value: `dana+${other}@agency.example` },
    ]);
    expect(signs).toEqual({ messageIds: [`<${token}.0123456789ab@out.example>`], tokens: [token, other] });
  });
});

describe('whether a person wrote it', () => {
  it.each<[string, Record<string, string>]>([
    ['RFC 3834', { 'Auto-Submitted': 'auto-replied' }],
    ['RFC 3834 with a parameter', { 'Auto-Submitted': 'auto-generated; owner-email="iris@mail.example"' }],
    ['Exchange', { Subject: 'Automatic reply: Palm Court', 'X-Auto-Response-Suppress': 'All' }],
    ['an old vacation program', { Precedence: 'auto_reply' }],
    ['cPanel', { 'X-Autorespond': 'Palm Court' }],
    ['X-Autoreply', { 'X-Autoreply': 'yes' }],
    ['a subject alone', { Subject: 'Out of Office: back on Monday' }],
    ['out of the office until', { Subject: 'Out of the office until May 3' }],
    ['German', { Subject: 'Abwesenheitsnotiz: Palm Court' }],
    ['French', { Subject: 'Réponse automatique : Palm Court' }],
    ['Spanish', { Subject: 'Respuesta automática: Palm Court' }],
    ['a read receipt', { 'Content-Type': 'multipart/report; report-type=disposition-notification' }],
  ])('knows an automatic answer: %s', (_, fields) => expect(natureOf(head(fields))).toBe('auto_reply'));

  it.each<[string, Record<string, string>]>([
    ['RFC 3464', { 'Content-Type': 'multipart/report; boundary="b"; report-type="delivery-status"' }],
    [
      'Gmail',
      {
        From: 'Mail Delivery Subsystem <mailer-daemon@googlemail.example>',
        'Auto-Submitted': 'auto-replied',
      },
    ],
    ['Exim', { 'X-Failed-Recipients': 'iris@mail.example', 'Auto-Submitted': 'auto-replied' }],
    ['Postfix', { From: 'MAILER-DAEMON@mx.example', Subject: 'Undelivered Mail Returned to Sender' }],
    ['an empty return path', { 'Return-Path': '<>', Subject: 'Undeliverable: Palm Court' }],
  ])('knows a delivery failure: %s', (_, fields) => expect(natureOf(head(fields))).toBe('delivery_failure'));

  it.each<[string, Record<string, string>]>([
    ['an answer', {}],
    ['Auto-Submitted: no', { 'Auto-Submitted': 'no' }],
    ['somebody who says to be out', { Subject: 'Re: Out of office space downtown' }],
    ['office space', { Subject: 'Out of office space, any ideas?' }],
    ['asked not to be answered by machines', { 'X-Auto-Response-Suppress': 'OOF' }],
    ['about a delivery', { Subject: 'Delivery of the keys' }],
  ])('takes %s for a person’s', (_, fields) => expect(natureOf(head(fields))).toBe('personal'));

  it('knows what goes to many', () => {
    expect(natureOf(head({ 'List-Unsubscribe': '<https://shop.example>' }))).toBe('bulk');
    expect(natureOf(head({ Precedence: 'bulk' }))).toBe('bulk');
  });
});

describe('what a mail is to us', () => {
  const match = (matched_by: 'token' | 'header' | 'sender' | 'person', subject = 'Palm Court') => ({
    matched_by,
    subject,
  });
  it('takes a token or a header for a reply, whatever it says', () => {
    expect(kindOf(match('token'), 'personal', 'Lunch?')).toBe('reply');
    expect(kindOf(match('header'), 'personal', 'Palm Court')).toBe('reply');
  });
  it('leaves bulk mail that answers ours to a person: a list, or an old vacation program', () => {
    expect(kindOf(match('header'), 'bulk', 'Re: Palm Court')).toBe('possible');
  });
  it('takes the address we wrote to for a reply only where it answers our subject', () => {
    expect(kindOf(match('sender'), 'personal', 'RE: palm  court')).toBe('reply');
    expect(kindOf(match('sender'), 'personal', 'AW: Palm Court')).toBe('reply');
    expect(kindOf(match('sender'), 'personal', 'Palm Court')).toBe('possible');
    expect(kindOf(match('sender', ''), 'personal', 'Re: ')).toBe('possible');
    expect(kindOf(match('person'), 'personal', 'Re: Palm Court')).toBe('possible');
  });
  it('never takes a machine’s mail for a reply, nor keeps newsletters', () => {
    expect(kindOf(match('token'), 'auto_reply', 'x')).toBe('auto_reply');
    expect(kindOf(match('header'), 'delivery_failure', 'x')).toBe('delivery_failure');
    expect(kindOf(match('sender'), 'bulk', 'Spring sale')).toBeNull();
  });
});

describe('a report of delivery', () => {
  const report = (status: string, action = 'failed') =>
    `Reporting-MTA: dns; mx.example\r\n\r\nOriginal-Recipient: rfc822;Iris@mail.example\r\nFinal-Recipient: rfc822; forwarded@mail.example\r\nAction: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; 550 ${status}\r\n no such user\r\n`;
  it('tells a wrong address from a fault that passes', () => {
    expect(failureOf(report('5.1.1'))).toEqual({
      kind: 'hard',
      address: 'iris@mail.example',
      said: '5.1.1 550 5.1.1 no such user',
    });
    for (const status of ['5.1.10', '5.2.1', '5.0.0', '5.4.1'])
      expect(failureOf(report(status))?.kind).toBe('hard');
    for (const status of ['5.2.2', '5.7.1', '4.4.7', '5.3.4'])
      expect(failureOf(report(status))?.kind).toBe('soft');
    expect(failureOf(report('4.4.1', 'delayed'))?.kind).toBe('delayed');
  });
  it('says nothing of what was delivered, nor of what is no report', () => {
    expect(failureOf(report('2.0.0', 'delivered'))).toBeNull();
    expect(failureOf('')).toBeNull();
    expect(failureOf('Hello')).toBeNull();
  });
});

describe('subjects and quotes', () => {
  it('answers a subject once', () => {
    expect(replySubject('Palm Court')).toBe('Re: Palm Court');
    expect(replySubject('RE: Aw: Palm Court')).toBe('Re: Palm Court');
    expect(replySubject('')).toBe('Re:');
    expect(bareSubject('Re[2]: Palm   Court')).toBe('palm court');
  });
  it('folds what is quoted, and keeps all of a mail that only quotes', () => {
    expect(
      splitQuoted('Yes.\r\n\r\nOn Tue, Nov 3, 2026 at 9:00 AM Dana\r\n<dana@agency.example> wrote:\r\n> Hi')
        .written,
    ).toBe('Yes.');
    expect(splitQuoted('Yes.\n> Hi')).toEqual({ written: 'Yes.', quoted: '> Hi' });
    expect(splitQuoted('On Monday I can.')).toEqual({ written: 'On Monday I can.', quoted: '' });
    expect(splitQuoted('> Hi').written).toBe('> Hi');
  });
});
