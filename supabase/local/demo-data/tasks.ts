/** What the demo's colleagues have to do: words, and how many hours from now it is due. */

export type DemoTask = {
  title: string;
  /** Hours from now; null: no time. */
  dueInHours: number | null;
  priority: 'low' | 'normal' | 'high' | 'urgent';
  status: 'open' | 'done' | 'dismissed';
};

/** In the order in which cards get one. */
export const demoTasks: readonly DemoTask[] = [
  { title: 'Send the draft lease to counsel', dueInHours: -20, priority: 'urgent', status: 'open' },
  {
    title: 'Ask for the rent roll and the insurance certificate',
    dueInHours: -2,
    priority: 'high',
    status: 'open',
  },
  { title: 'Call the city about the occupancy permit', dueInHours: 3, priority: 'normal', status: 'open' },
  { title: 'Walk the building with the super', dueInHours: 26, priority: 'normal', status: 'open' },
  { title: 'Check the comparables on this block', dueInHours: 50, priority: 'low', status: 'open' },
  { title: 'Confirm who signs for the LLC', dueInHours: 74, priority: 'high', status: 'open' },
  {
    title: 'Go through the utility bills of last year',
    dueInHours: null,
    priority: 'normal',
    status: 'open',
  },
  { title: 'Mail the one-pager', dueInHours: -70, priority: 'normal', status: 'done' },
  { title: 'Look up the deed', dueInHours: -120, priority: 'normal', status: 'done' },
  { title: 'Ask about parking', dueInHours: -48, priority: 'low', status: 'dismissed' },
  {
    title: 'Send the signed letter of intent to the owner',
    dueInHours: 28,
    priority: 'high',
    status: 'open',
  },
  { title: 'Get a second quote for the turn costs', dueInHours: 97, priority: 'normal', status: 'open' },
];

/** Documents on the demo's cards: name, and the lines of their one page. */
export const demoDocuments: readonly { title: string; lines: readonly string[] }[] = [
  {
    title: 'Letter of intent.pdf',
    lines: [
      'Letter of intent',
      '',
      'We propose to lease the whole building for five years,',
      'with two options of three years each. Base rent as discussed;',
      'turn costs and licences are ours. This letter binds nobody.',
    ],
  },
  {
    title: 'Rent roll 2026.pdf',
    lines: [
      'Rent roll',
      '',
      '1A   2 bed   2,150',
      '1B   1 bed   1,725',
      '2A   2 bed   2,190',
      '2B   studio  1,310',
    ],
  },
  {
    title: 'Insurance certificate.pdf',
    lines: ['Certificate of insurance', '', 'General liability 2,000,000', 'Property as per schedule'],
  },
];

/** A PDF of one page. @param lines plain ASCII, the first larger than the others */
export function onePagePdf(lines: readonly string[]): Uint8Array {
  const safe = (line: string) => line.replace(/[\\()]/g, (character) => `\\${character}`);
  const drawn = lines.map(
    (line, n) => `/F1 ${n === 0 ? 18 : 11} Tf 0 -${n === 0 ? 0 : 20} Td (${safe(line)}) Tj`,
  );
  const content = `BT 72 720 Td ${drawn.join(' ')} ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, n) => {
    const at = text.length;
    text += `${n + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = text.length;
  const entries = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return new TextEncoder().encode(text);
}
