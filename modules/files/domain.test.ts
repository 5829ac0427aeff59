import { expect, test } from 'vitest';
import { cleanTitle, fileHref } from './domain';

test('a name keeps neither folders nor line ends, and its ending when it is cut', () => {
  expect(cleanTitle('../../etc/lease\r\n.pdf')).toBe('lease .pdf');
  expect(cleanTitle('C:\\scans\\lease.pdf')).toBe('lease.pdf');
  const cut = cleanTitle(`${'a'.repeat(300)}.pdf`);
  expect(cut).toHaveLength(255);
  expect(cut.endsWith('.pdf')).toBe(true);
});

test('a link to a file names bucket and path', () => {
  expect(fileHref('w/f')).toBe('/api/storage/signed-view?bucket=crm-files&path=w%2Ff');
});
