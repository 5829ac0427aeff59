import { expect, test } from 'vitest';
import { type Digest, digestMail } from './digest';

const digest: Digest = {
  workspace_id: 'w',
  user_id: 'u',
  email: 'ada@mail.example',
  full_name: 'Ada',
  time_zone: 'America/Chicago',
  workspace_name: 'North\r\nBcc: everybody',
  until: '2026-11-21T14:00:00Z',
  total: 3,
  items: [
    {
      title: 'Task due: <b>Call</b>',
      body: 'Elm Street "4"',
      link: '/people/1',
      created_at: '2026-11-21T14:05:00Z',
    },
  ],
};

test('a daily mail names each thing once, with the way there and the person’s own time', () => {
  const mail = digestMail(digest, 'https://crm.example.com');
  expect(mail.to).toBe('ada@mail.example');
  expect(mail.text).toContain('https://crm.example.com/people/1');
  expect(mail.text).toContain('8:05');
  expect(mail.text).toContain('And 2 more: https://crm.example.com/notifications');
  expect(mail.text).toContain('https://crm.example.com/settings/notifications');
});

test('what people typed can’t become a header or markup', () => {
  const mail = digestMail(digest, 'https://crm.example.com');
  expect(mail.subject).toBe('North Bcc: everybody: 3 notifications');
  expect(mail.html).toContain('Task due: &lt;b&gt;Call&lt;/b&gt;');
  expect(mail.html).not.toContain('<b>');
});
