/** What every mail ends with, and the headers by which it is answered and unsubscribed from. */
import { expect, test } from 'vitest';
import { composeMail, type QueuedMail, withHtmlFooter } from './compose';

const mail: QueuedMail = {
  id: 'a1',
  workspaceId: 'w1',
  to: 'avery@mail.example',
  fromName: 'Dana Whitfield',
  fromAddress: 'dana@send.example',
  replyTo: null,
  subject: 'Your property',
  bodyText: 'Good morning\n',
  bodyHtml: '<p>Good morning</p>',
  messageId: '<t.a1@send.example>',
  inReplyTo: null,
  threadToken: 'aa',
  unsubscribeToken: 'token-1',
};
const context = {
  appUrl: 'https://crm.example/',
  postalAddress: '100 Main Street, <Suite 2>\nAustin, TX 78701',
};

test('text and HTML end with the postal address and the way out', () => {
  const composed = composeMail(mail, context);
  expect(composed.text).toBe(
    'Good morning\n\n--\n100 Main Street, <Suite 2>\nAustin, TX 78701\nUnsubscribe: https://crm.example/u/token-1\n',
  );
  expect(composed.html).toContain('100 Main Street, &#60;Suite 2&#62;<br>Austin');
  expect(composed.html).toContain('href="https://crm.example/u/token-1"');
  expect(composeMail({ ...mail, bodyHtml: null }, context).html).toBeNull();
});

test('the footer stands inside the body of a whole document', () => {
  const html = withHtmlFooter('<html><body><p>Hi</p></body></html>', {
    postalAddress: '100 Main Street',
    unsubscribeUrl: 'https://crm.example/u/1',
  });
  expect(html).toMatch(/<p>Hi<\/p><div.*<\/div>\n<\/body><\/html>$/);
});

test('one click is enough to leave (RFC 8058), and an answer stands in its thread', () => {
  expect(composeMail(mail, context).headers).toEqual({
    'Message-ID': '<t.a1@send.example>',
    'X-Freehold-Thread': 'aa',
    'List-Unsubscribe': '<https://crm.example/u/token-1>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  });
  expect(composeMail({ ...mail, inReplyTo: '<first@send.example>' }, context).headers).toMatchObject({
    'In-Reply-To': '<first@send.example>',
    References: '<first@send.example>',
  });
});
