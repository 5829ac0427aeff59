import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sanitizeHtml, sanitizeTemplate } from './html';
import { inspectStep, renderSections, renderStep } from './render';
import type { Fields, Section, Snapshot } from './schema';

const stepId = '00000000-0000-4000-8000-000000000001';

function snapshot(
  content: string | Section[],
  { subject = 'Hello', format = 'text' as 'text' | 'html', signature = '' } = {},
): Snapshot {
  const sections: Section[] =
    typeof content === 'string'
      ? [{ id: '00000000-0000-4000-8000-0000000000aa', kind: 'fixed', content }]
      : content;
  return {
    entryStepId: stepId,
    format,
    sender: {
      id: '00000000-0000-4000-8000-0000000000bb',
      name: 'Ana Ruiz',
      localPart: 'ana',
      replyTo: null,
      mailboxId: null,
      mailboxAddress: null,
      signature,
      postalAddress: '1 Main Street, Austin, TX',
    },
    steps: [{ id: stepId, name: 'First', subjects: [subject], sections, edges: [] }],
  };
}

describe('merge fields', () => {
  test('a field with a value is filled in, one without is named and shown', () => {
    const mail = renderStep(snapshot('Hi {{ first_name }} of {{ company }}'), stepId, { first_name: 'Kim' });
    expect(mail).toMatchObject({ bodyText: 'Hi Kim of [company]', missing: ['company'], bodyHtml: null });
  });
  test('a fallback counts as a value, for what is not there, null and empty alike', () => {
    for (const first_name of [undefined, null, '', '  ']) {
      const fields: Fields = first_name === undefined ? {} : { first_name };
      const mail = renderStep(snapshot('Hi {{ first_name | default: "there" }}'), stepId, fields);
      expect(mail).toMatchObject({ bodyText: 'Hi there', missing: [] });
    }
  });
  test('what a condition keeps away is not missing, what it brings up is', () => {
    const source = '{% if company %}{{ company }} in {{ city }}{% else %}You{% endif %}';
    expect(renderStep(snapshot(source), stepId, {})).toMatchObject({ bodyText: 'You', missing: [] });
    expect(renderStep(snapshot(source), stepId, { company: 'Oak' })).toMatchObject({ missing: ['city'] });
  });
  test('numbers are compared as numbers', () => {
    const source = '{% if units > 50 %}large{% else %}small{% endif %}';
    expect(renderStep(snapshot(source), stepId, { units: 120 }).bodyText).toBe('large');
    expect(renderStep(snapshot(source), stepId, { units: 9 }).bodyText).toBe('small');
  });
  test('a template that can’t be read, reads a file or never ends is refused', () => {
    for (const source of ['{{ first_name', '{% bla %}', '{{ "a" | nope }}', '{% include "/etc/passwd" %}']) {
      expect(() => renderStep(snapshot(source), stepId, {})).toThrow(
        expect.objectContaining({ code: 'invalid' }),
      );
    }
    const endless = '{% for i in (1..1000000000) %}x{% endfor %}';
    expect(() => renderStep(snapshot(endless), stepId, {})).toThrow(
      expect.objectContaining({ code: 'invalid' }),
    );
  });
  test('nothing but fields can be reached', () => {
    const mail = renderStep(snapshot('{{ constructor }} {{ __proto__ }}'), stepId, { first_name: 'Kim' });
    expect(mail.bodyText).toBe('[constructor] [__proto__]');
    expect(() =>
      renderStep(snapshot('{{ first_name.constructor }}'), stepId, { first_name: 'Kim' }),
    ).toThrow();
  });
  test('what a step asks for is told without a recipient', () => {
    const step = snapshot('{{ first_name }} {{ nickname | default: "x" }}', { subject: '{{ company }}' })
      .steps[0];
    expect(step && inspectStep(step)).toEqual({
      used: ['company', 'first_name', 'nickname'],
      unknown: ['nickname'],
      errors: [],
    });
    expect(inspectStep({ subjects: ['{{'], sections: [] }).errors).toHaveLength(1);
  });
});

describe('subjects', () => {
  test('an empty one answers the first mail, once', () => {
    const empty = snapshot('x', { subject: '' });
    expect(renderStep(empty, stepId, {}, { firstSubject: 'Your building' }).subject).toBe(
      'Re: Your building',
    );
    expect(renderStep(empty, stepId, {}, { firstSubject: 'RE: Your building' }).subject).toBe(
      'RE: Your building',
    );
    expect(renderStep(empty, stepId, {}).subject).toBe('');
  });
  test('the variant says which of two', () => {
    const two = snapshot('x');
    const [step] = two.steps;
    if (step) step.subjects = ['A', 'B'];
    expect(renderStep(two, stepId, {}, { variant: 1 }).subject).toBe('B');
    expect(renderStep(two, stepId, {}, { variant: 0 }).subject).toBe('A');
  });
  test('a line break is refused, and no value of a field can bring one', () => {
    expect(() => renderStep(snapshot('x', { subject: 'a\nBcc: x@y.example' }), stepId, {})).toThrow(
      'line break',
    );
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('\r', '\n', '\0', '\u2028', ' ', 'a', '😀') }),
        (first_name) => {
          const mail = renderStep(
            snapshot('x', { subject: 'Hi {{ first_name | default: "you" }}' }),
            stepId,
            {
              first_name,
            },
          );
          expect(mail.subject).not.toMatch(/[\r\n\0]/);
          expect(mail.subject.length).toBeLessThanOrEqual(500);
        },
      ),
    );
  });
});

describe('sections', () => {
  const sections: Section[] = [
    { id: '00000000-0000-4000-8000-0000000000a1', kind: 'fixed', content: 'Hi {{ first_name }},' },
    { id: '00000000-0000-4000-8000-0000000000a2', kind: 'ai', content: 'Praise {{ company }}' },
  ];
  test('are joined with the signature below, once the model has written its part', () => {
    const given = snapshot(sections, { signature: 'Ana' });
    expect(renderStep(given, stepId, { first_name: 'Kim' })).toMatchObject({
      bodyText: 'Hi Kim,\n\nAna',
      needsWriting: true,
      missing: ['company'],
    });
    const written = { '00000000-0000-4000-8000-0000000000a2': 'A fine house.' };
    const fields = { first_name: 'Kim', company: 'Oak' };
    expect(renderStep(given, stepId, fields, { written })).toMatchObject({
      bodyText: 'Hi Kim,\n\nA fine house.\n\nAna',
      needsWriting: false,
    });
    expect(renderSections(given, stepId, fields).sections.map((section) => section.content)).toEqual([
      'Hi Kim,',
      'Praise Oak',
    ]);
  });
  test('HTML is made safe, escaped in its fields, and has a plain part', () => {
    const source =
      '<p>Hi {{ first_name }}</p><script>alert(1)</script><a href="javascript:alert(1)" onclick="x()">bad</a><a href="https://oak.example/a">good</a>';
    const mail = renderStep(snapshot(source, { format: 'html', signature: 'Ana <x>\nOak' }), stepId, {
      first_name: '<img src=x onerror=alert(1)>',
    });
    expect(mail.bodyHtml).not.toMatch(/<script|javascript:|onclick|<img/);
    expect(mail.bodyHtml).toContain('<a href="https://oak.example/a">good</a>');
    expect(mail.bodyHtml).toContain('Ana &lt;x&gt;<br />Oak');
    expect(mail.bodyText).toContain('Hi <img src=x onerror=alert(1)>');
    expect(mail.bodyText).toContain('good [https://oak.example/a]');
  });
  test('`| raw` yields no way around the sanitiser', () => {
    const source = `<p>{{ '<script>alert(1)</script><b>x</b>' | raw }}</p><a href="{{ 'javascript:alert(1)' | raw }}">y</a>`;
    const mail = renderStep(snapshot(source, { format: 'html' }), stepId, {});
    expect(mail.bodyHtml).not.toMatch(/script/);
    expect(mail.bodyHtml).toContain('<b>x</b>');
  });
  test('what an editor made of a tag’s signs is read as it was meant', () => {
    const source =
      '<p>{% if units &gt; 5 %}many{% endif %} {{ first_name | default: &quot;there&quot; }}</p>';
    const mail = renderStep(snapshot(source, { format: 'html' }), stepId, { units: 9 });
    expect(mail).toMatchObject({ bodyText: 'many there', missing: [] });
  });
  test('sanitising keeps merge fields and can be done again without a change', () => {
    const source =
      '<p class="x">{{ first_name | default: "there" }}{% if units > 5 %}<b>a</b>{% endif %}</p>';
    const once = sanitizeTemplate(source);
    expect(once).toBe('<p>{{ first_name | default: "there" }}{% if units > 5 %}<b>a</b>{% endif %}</p>');
    fc.assert(
      fc.property(fc.string(), (html) => {
        const safe = sanitizeTemplate(html);
        expect(sanitizeTemplate(safe)).toBe(safe);
      }),
    );
  });
  test('no markup whatever leaves a script, a handler or a javascript: link', () => {
    const piece = fc.constantFrom(
      ...[
        '<script>',
        '</script>',
        '<img src=x onerror=a()>',
        '<a href="java\tscript:a()">',
        '<svg onload=a()>',
        '<p ',
      ],
      ...[
        'style="background:url(javascript:a())"',
        '>',
        '"',
        "'",
        '{{ first_name | raw }}',
        '&#106;avascript:',
        '<iframe src=//x>',
      ],
      ...['<style>*{}</style>', '<!--', '-->', '<math><mi xlink:href="data:x">', 'text'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const safe = sanitizeHtml(pieces.join(''));
        expect(safe).not.toMatch(/<(script|iframe|svg|style|math|object|form)/i);
        expect(safe).not.toMatch(/<[^>]*\s(on\w+|xlink:href)\s*=/i);
        expect(safe).not.toMatch(/<[^>]*(href|src)="\s*(javascript|data|vbscript):/i);
        expect(safe).not.toMatch(/<[^>]*url\(/i);
      }),
    );
  });
});
