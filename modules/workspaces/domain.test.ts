import { expect, test } from 'vitest';
import { hashToken, invitationMail } from './domain';

const mail = (over = {}) =>
  invitationMail({
    to: 'kim@northlight.example',
    workspaceName: 'Northlight <Capital>',
    invitedBy: 'Ana "Ace" Ruiz',
    role: 'admin',
    link: 'https://crm.example/invitations/abc',
    expiresAt: '2026-11-28T10:00:00Z',
    ...over,
  });

test('both parts of an invitation carry the link, the workspace, the inviter, the role and the end', () => {
  const { text, html } = mail();
  for (const part of [text, html]) {
    expect(part).toContain('https://crm.example/invitations/abc');
    expect(part).toContain('as an admin');
    expect(part).toContain('November 28, 2026');
  }
  expect(text).toContain('Ana "Ace" Ruiz invites you to work in Northlight <Capital>');
});

test('a workspace can’t put markup into the mails it sends', () => {
  expect(mail().html).toContain('Northlight &lt;Capital&gt;');
  expect(mail().html).not.toContain('<Capital>');
});

test('a name with line ends stays inside the subject', () => {
  expect(mail({ workspaceName: 'A\r\nBcc: all@x.example' }).subject).toBe(
    'Ana "Ace" Ruiz invites you to A Bcc: all@x.example',
  );
});

test('an inviter whose account is gone is a colleague', () => {
  expect(mail({ invitedBy: null }).subject).toBe('A colleague invites you to Northlight <Capital>');
});

test('tokens are stored as the database hashes them', () => {
  expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
