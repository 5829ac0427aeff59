/** Sections written by the library's own mock of a model. */
import { APICallError } from 'ai';
import { MockLanguageModelV4 } from 'ai/test';
import { describe, expect, test } from 'vitest';
import type { Snapshot } from '@/modules/campaigns/schema';
import { writeSections } from './service';

const snapshot: Snapshot = {
  entryStepId: 'one',
  format: 'text',
  sender: {
    id: 's',
    name: 'Marisol Vega',
    localPart: 'marisol',
    replyTo: null,
    mailboxId: null,
    mailboxAddress: null,
    signature: '',
    postalAddress: '100 Main St, Austin, TX',
  },
  steps: [
    {
      id: 'one',
      name: 'First',
      subjects: ['Hello'],
      edges: [],
      sections: [
        { id: 'greeting', kind: 'fixed', content: 'Hi {{ first_name | default: "there" }},' },
        { id: 'pitch', kind: 'ai', content: 'Two sentences on {{ property_name }}.' },
        { id: 'close', kind: 'ai', content: 'Ask for a call.' },
      ],
    },
    { id: 'two', name: 'Second', subjects: [''], edges: [], sections: [] },
  ],
};
const fields = { first_name: 'Ada', property_name: 'Maple Court', city: null };

type Answer = string | { text: string; finish: 'stop' | 'length' } | Error;
function modelThatSays(...answers: Answer[]) {
  let asked = 0;
  return new MockLanguageModelV4({
    doGenerate: async () => {
      const answer = answers[Math.min(asked, answers.length - 1)] ?? '';
      asked += 1;
      if (answer instanceof Error) throw answer;
      const { text, finish } =
        typeof answer === 'string' ? { text: answer, finish: 'stop' as const } : answer;
      return {
        content: [{ type: 'text', text }],
        finishReason: { unified: finish, raw: finish },
        usage: {
          inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
          outputTokens: { total: 1, text: 1, reasoning: 0 },
        },
        warnings: [],
      };
    },
  });
}
const refusal = (statusCode: number) =>
  new APICallError({
    message: 'no',
    url: 'https://api.example',
    requestBodyValues: {},
    statusCode,
    isRetryable: false,
  });

describe('writing the sections of a mail', () => {
  test('asks for each AI section in turn, with what stands around it', async () => {
    const model = modelThatSays('Maple Court is fine.', 'May I call?');
    expect(await writeSections(snapshot, 'one', fields, { model })).toEqual({
      pitch: 'Maple Court is fine.',
      close: 'May I call?',
    });
    const [, second] = model.doGenerateCalls;
    const told = JSON.stringify(second?.prompt);
    expect(told).toContain('Hi Ada,');
    expect(told).toContain('Maple Court is fine.');
    expect(second?.maxOutputTokens).toBeGreaterThan(0);
  });

  test('costs nothing where there is nothing to write', async () => {
    const model = modelThatSays('never asked');
    expect(await writeSections(snapshot, 'two', fields, { model })).toEqual({});
    expect(model.doGenerateCalls).toHaveLength(0);
  });

  test('asks once more where the answer can’t be sent', async () => {
    const model = modelThatSays('See https://evil.example', 'Maple Court is fine.', 'May I call?');
    expect(await writeSections(snapshot, 'one', fields, { model })).toMatchObject({
      pitch: 'Maple Court is fine.',
    });
  });

  test.each([
    ['answers with what can’t be sent', 'Hi {{ first_name }}', 'The model left a placeholder in its text'],
    ['doesn’t come to an end', { text: 'and on', finish: 'length' as const }, 'The model wrote too much'],
    ['refuses the key', refusal(401), 'The model’s API refuses GROQ_API_KEY'],
    ['fails', refusal(500), 'The model’s API answered 500'],
  ])('says why where the model %s', async (_, answer, message) => {
    const model = modelThatSays(answer);
    await expect(writeSections(snapshot, 'one', fields, { model, retries: 0 })).rejects.toMatchObject({
      code: 'unavailable',
      message,
    });
  });
});
