import { describe, expect, test, vi } from 'vitest';
import { sniff } from './sniff';

vi.mock('server-only', () => ({}));

const bytes = (text: string) => new TextEncoder().encode(text);
const png = new Uint8Array([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52,
]);

describe('what a file is', () => {
  test('its bytes decide, not its name', async () => {
    expect(await sniff(png, 'lease.pdf')).toBe('image/png');
    expect(await sniff(bytes('%PDF-1.7\n'), 'picture.png')).toBe('application/pdf');
  });

  test('plain text goes by its ending', async () => {
    expect(await sniff(bytes('name,city\nAda,London\n'), 'list.csv')).toBe('text/csv');
    expect(await sniff(bytes('Called. <b>Bold</b> offer.'), 'notes.txt')).toBe('text/plain');
  });

  test.each([
    ['a page', '<!DOCTYPE html><p>hi', 'lease.pdf'],
    ['a page behind a comment', '\uFEFF  <!-- x --><html><script>1</script>', 'lease.png'],
    ['a drawing that can run scripts', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 'plan.png'],
    ['the same behind an XML head', '<?xml version="1.0"?><svg/>', 'plan.xml'],
    ['a shell script', '#!/bin/sh\nrm -rf /', 'notes.txt'],
    ['a Windows program', 'MZ\u0090\0\u0003', 'lease.pdf'],
    ['anything called a program', 'hello', 'setup.EXE'],
    ['anything called a page', 'hello', 'index.html'],
  ])('%s is refused', async (_, text, title) => {
    expect(await sniff(bytes(text), title)).toBeNull();
  });

  test('an ELF program is refused by its bytes', async () => {
    const elf = new Uint8Array(64);
    elf.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
    expect(await sniff(elf, 'scan.jpg')).toBeNull();
  });

  test('what nobody knows is bytes', async () => {
    expect(await sniff(new Uint8Array([0, 1, 2, 3, 250, 251]), 'thing.bin')).toBe('application/octet-stream');
  });
});
