import { expect, test } from 'vitest'
import { explain, type RecordedAnswer } from './explain.ts'

const trace: RecordedAnswer = {
  traceId: 'a'.repeat(32),
  summary: {
    at: '2026-03-01T00:00:00.000Z' as never,
    application: 'shop',
    stage: 'poc',
    release: null,
    arm: null,
    rollout: null,
    responseId: 'resp_1',
    status: 'complete',
    abstained: false,
    servedBy: 'acme/m',
    costMicroUsd: null,
    inputTokens: 10,
    outputTokens: 2,
    estimated: false,
  },
  input: [{ role: 'user', content: 'When?' }],
  output: 'At nine [1].',
  citations: [{ id: 'p1', title: 'Hours', source: 'hours.md' }],
  invalidCitations: ['[7]'],
  spans: [
    {
      name: 'retrieve',
      status: { code: 'ok' },
      attributes: {
        'airworthy.step.kind': 'retrieve',
        'airworthy.step.id': 'find',
        'gen_ai.retrieval.documents': [{ id: 'p1' }, { id: 'p2' }],
      },
    },
  ],
}
const passage = (id: string, source: string) => ({ id, title: id, text: `text of ${id}`, source })

test('an answer is followed to the licences of what it was given, and what is not known is said', () => {
  const steps = [
    { name: 'extract-text', version: '1.4' },
    { name: 'anonymise', version: '2.1' },
  ]
  const found = explain({
    trace,
    application: 'shop',
    release: undefined,
    passages: new Map([passage('p1', 'hours.md'), passage('p2', 'old.md')].map((one) => [one.id, one])),
    inventory: { sources: [{ name: 'The shop', covers: ['hours.md'], licence: 'CC-BY-4.0', steps }] },
  })
  expect(found.passages).toMatchObject([
    {
      id: 'p1',
      cited: true,
      file: 'hours.md',
      licence: 'CC-BY-4.0',
      source: 'The shop',
      prepared: 'extract-text 1.4, then anonymise 2.1',
    },
    { id: 'p2', cited: false, file: 'old.md', source: null, prepared: null, licence: null },
  ])
  const words = found.words.join(' ')
  for (const said of [
    'No release answered it.',
    'names 1 of them',
    '[7] in it point nowhere',
    'No licence is known of old.md',
    'a price that is not known',
  ])
    expect(words).toContain(said)
})
