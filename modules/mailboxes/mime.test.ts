import { describe, expect, it } from 'vitest';
import { parseMail, safeMailHtml } from './mime';

const bytes = (lines: string[]) => new TextEncoder().encode(lines.join('\r\n'));

describe('reading a mail', () => {
  it('takes the text of several parts, in its own encoding', async () => {
    const mail = await parseMail(
      bytes([
        'From: =?utf-8?q?Iris_L=C3=A4ne?= <iris@mail.example>',
        'MIME-Version: 1.0',
        'Content-Type: multipart/alternative; boundary="b"',
        '',
        '--b',
        'Content-Type: text/plain; charset=iso-8859-1',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'Gr=FC=DFe',
        '--b',
        'Content-Type: text/html; charset=utf-8',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from('<p>Grüße</p><script>alert(1)</script>').toString('base64'),
        '--b--',
      ]),
    );
    expect(mail).toMatchObject({ text: 'Grüße', html: '<p>Grüße</p>', failure: null });
  });

  it('makes text of a mail that is HTML alone', async () => {
    const mail = await parseMail(
      bytes(['From: a@mail.example', 'Content-Type: text/html', '', '<p>Call me</p><p>on Friday</p>']),
    );
    expect(mail.text.replace(/\s+/g, ' ')).toBe('Call me on Friday');
  });

  it('names the files that came along, and not the pictures that its text shows', async () => {
    const file = (name: string, fields: string[]) => [
      '--b',
      `Content-Type: application/octet-stream; name="${name}"`,
      ...fields,
      '',
      'AAAA',
    ];
    const mail = await parseMail(
      bytes([
        'From: iris@mail.example',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary="b"',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'The signed offer is attached.',
        ...file('offer.pdf', ['Content-Disposition: attachment; filename="offer.pdf"']),
        '--b--',
      ]),
    );
    expect(mail.attachments).toEqual(['offer.pdf']);
    const shown = await parseMail(
      bytes([
        'From: iris@mail.example',
        'MIME-Version: 1.0',
        'Content-Type: multipart/related; boundary="b"',
        '',
        '--b',
        'Content-Type: text/html',
        '',
        '<p>Hello</p><img src="cid:logo">',
        ...file('logo.png', ['Content-Disposition: inline; filename="logo.png"', 'Content-ID: <logo>']),
        '--b--',
      ]),
    );
    expect(shown.attachments).toEqual([]);
  });

  it('keeps nothing that can’t be stored', async () => {
    const mail = await parseMail(bytes(['From: a@mail.example', 'Content-Type: text/plain', '', 'a\u0000b']));
    expect(mail.text).toBe('ab');
  });

  it('reads of a report what failed, and the head of the mail that was given back', async () => {
    const mail = await parseMail(
      bytes([
        'From: mailer-daemon@mx.example',
        'MIME-Version: 1.0',
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        '',
        '--b',
        'Content-Type: text/plain',
        '',
        'It failed.',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.example',
        '',
        'Final-Recipient: rfc822; iris@mail.example',
        'Action: failed',
        'Status: 5.1.1',
        '--b',
        'Content-Type: message/rfc822',
        '',
        'Message-ID: <ours@out.example>',
        'Subject: A long',
        ' subject',
        '',
        'Hello',
        '--b--',
      ]),
    );
    expect(mail.failure).toMatchObject({ kind: 'hard', address: 'iris@mail.example' });
    expect(mail.returned).toEqual([
      { name: 'Message-ID', value: '<ours@out.example>' },
      { name: 'Subject', value: 'A long subject' },
    ]);
  });
});

describe('foreign HTML', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\nscript:alert(1)">x</a>',
    '<iframe src="https://spy.example"></iframe>',
    '<form action="https://spy.example"><input name="a"></form>',
    '<svg onload=alert(1)>',
    '<style>@import url(https://spy.example)</style>',
    '<p style="background:url(https://spy.example)">x</p>',
    '<link rel="stylesheet" href="https://spy.example">',
    '<meta http-equiv="refresh" content="0;url=https://spy.example">',
    '<base href="https://spy.example">',
  ])('loses what runs, asks or is fetched: %s', (html) => {
    expect(safeMailHtml(html)).not.toMatch(
      /script|onerror|onload|spy\.example|<(iframe|form|input|svg|style|link|meta|base|img)/i,
    );
  });
  it('keeps what is read', () => {
    const html =
      '<table><tr><td colspan="2"><b>Ten</b> years</td></tr></table><a href="https://mail.example/a">x</a>';
    expect(safeMailHtml(html)).toContain('<b>Ten</b> years');
    expect(safeMailHtml(html)).toContain('href="https://mail.example/a"');
  });
});
