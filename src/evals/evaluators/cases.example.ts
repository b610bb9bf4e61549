/** Rows of the table test: what each evaluator gives for what. Outside values name where they are from. */
import type { Answered } from './evaluator.ts'

export type Case = {
  use: string
  answer?: string
  example?: Record<string, unknown>
  result?: Partial<Answered>
  options?: Record<string, unknown>
  score: number | null
}

export const textCases: readonly Case[] = [
  { use: 'exact', answer: ' Paris\n', example: { expected: 'Paris' }, score: 1 },
  { use: 'exact', answer: 'paris', example: { expected: 'Paris' }, score: 0 },
  { use: 'exact', answer: 'Lutetia', example: { expected: ['Paris', 'Lutetia'] }, score: 1 },
  { use: 'exact', answer: 'Paris', score: null },

  { use: 'normalised', answer: 'The Paris! [1]', example: { expected: 'paris' }, score: 1 },
  { use: 'normalised', answer: 'An  apple, a day', example: { expected: 'apple day' }, score: 1 },
  { use: 'normalised', answer: 'theatre', example: { expected: 'atre' }, score: 0 },
  { use: 'normalised', answer: 'x', example: { expected: null }, score: null },

  { use: 'contains', answer: 'It is PARIS.', example: { expected: 'Paris' }, score: 1 },
  {
    use: 'contains',
    answer: 'It is PARIS.',
    example: { expected: 'Paris' },
    options: { caseSensitive: true },
    score: 0,
  },
  { use: 'contains', answer: 'red and blue', options: { values: ['red', 'blue'] }, score: 1 },
  { use: 'contains', answer: 'red', options: { values: ['red', 'blue'] }, score: 0 },
  { use: 'contains', answer: 'red', example: { expected: ' ' }, score: null },

  { use: 'regex', answer: 'Order 4711', options: { pattern: '\\d{4}' }, score: 1 },
  { use: 'regex', answer: 'order', options: { pattern: '^ORDER$', flags: 'i' }, score: 1 },
  { use: 'regex', answer: 'no number', options: { pattern: '\\d' }, score: 0 },
  { use: 'regex', answer: 'no number', options: { pattern: '\\d', absent: true }, score: 1 },

  { use: 'json-schema', answer: '{"a":1}', options: { schema: { type: 'object', required: ['a'] } }, score: 1 },
  { use: 'json-schema', answer: '```json\n{"a":1}\n```', options: { schema: { required: ['a'] } }, score: 1 },
  { use: 'json-schema', answer: '{"b":1}', options: { schema: { required: ['a'] } }, score: 0 },
  { use: 'json-schema', answer: 'a: 1', options: { schema: {} }, score: 0 },

  { use: 'token-f1', answer: 'the cat sat', example: { expected: 'cat sat down' }, score: 0.8 },
  { use: 'token-f1', answer: 'a b b', example: { expected: ['x', 'b b b'] }, score: 0.8 },
  { use: 'token-f1', answer: 'cat [1, 2]', example: { expected: 'cat' }, score: 1 },
  { use: 'token-f1', answer: '', example: { expected: 'cat' }, score: 0 },
  { use: 'token-f1', answer: 'the', example: { expected: '' }, score: 1 },
  { use: 'token-f1', answer: 'cat', score: null },

  { use: 'rouge-l', answer: 'police killed the gunman', example: { expected: 'police kill the gunman' }, score: 0.75 },
  { use: 'rouge-l', answer: 'the gunman police killed', example: { expected: 'police killed the gunman' }, score: 0.5 },
  { use: 'rouge-l', answer: 'a b c d', example: { expected: ['x y', 'a d'] }, score: 2 / 3 },
  { use: 'rouge-l', answer: 'x', score: null },

  { use: 'citation-validity', result: { citations: ['p1'] }, score: 1 },
  { use: 'citation-validity', result: { citations: ['p1'], invalidCitations: ['[9]'] }, score: 0 },
  { use: 'citation-validity', score: null },
  { use: 'citation-validity', options: { required: true }, score: 0 },
  { use: 'citation-validity', options: { required: true }, result: { abstained: true }, score: null },

  { use: 'abstention', example: { unanswerable: true }, result: { abstained: true }, score: 1 },
  { use: 'abstention', example: { unanswerable: true }, score: 0 },
  { use: 'abstention', example: { unanswerable: false }, result: { abstained: true }, score: 0 },
  { use: 'abstention', example: { expected: 'x' }, score: 1 },
  { use: 'abstention', score: null },

  { use: 'recall-at-k', example: { contexts: ['b', 'z'] }, result: { passages: ['a', 'b', 'c'] }, score: 0.5 },
  {
    use: 'recall-at-k',
    example: { contexts: ['c'] },
    result: { passages: ['a', 'b', 'c'] },
    options: { k: 2 },
    score: 0,
  },
  { use: 'recall-at-k', example: { contexts: ['c'] }, score: 0 },
  { use: 'recall-at-k', example: { contexts: [] }, result: { passages: ['a'] }, score: null },

  { use: 'average-precision', example: { contexts: ['a', 'c'] }, result: { passages: ['a', 'b', 'c'] }, score: 5 / 6 },
  { use: 'average-precision', example: { contexts: ['z'] }, result: { passages: ['a'] }, score: 0 },
  { use: 'average-precision', result: { passages: ['a'] }, score: null },

  { use: 'latency-ms', result: { latencyMs: 12.5 }, score: 12.5 },
  { use: 'cost-micro-usd', result: { costMicroUsd: '3.25' }, score: 3.25 },
  { use: 'cost-micro-usd', result: { costMicroUsd: null }, score: null },

  { use: 'number', answer: 'So 3 + 4 = 7.', example: { expected: '#### 7' }, score: 1 },
  { use: 'number', answer: 'It is 1,250.50 dollars', example: { expected: '1250.5' }, score: 1 },
  { use: 'number', answer: '98', example: { expected: '100' }, options: { relative: 0.02 }, score: 1 },
  { use: 'number', answer: '97.9', example: { expected: '100' }, options: { absolute: 2 }, score: 0 },
  { use: 'number', answer: 'First 4, then 5', example: { expected: '4' }, options: { which: 'first' }, score: 1 },
  { use: 'number', answer: 'many', example: { expected: '7' }, score: 0 },
  { use: 'number', answer: '7', example: { expected: 'seven' }, score: null },

  { use: 'classification', answer: ' Refund. ', example: { expected: 'refund' }, score: 1 },
  {
    use: 'classification',
    answer: 'I think it is card arrival',
    example: { expected: 'card arrival' },
    options: { labels: ['card arrival', 'refund'] },
    score: 1,
  },
  {
    use: 'classification',
    answer: 'refund or card arrival',
    example: { expected: 'refund' },
    options: { labels: ['card arrival', 'refund'] },
    score: 0,
  },
  {
    use: 'classification',
    answer: '{"label":"refund","p":0.7}',
    example: { expected: 'refund' },
    options: { field: 'label', probability: 'p' },
    score: 1,
  },
  { use: 'classification', answer: 'refund', score: null },

  // google-research/rouge, rouge_scorer_test.py: fmeasure of its cases, unstemmed.
  { use: 'rouge-1', answer: 'testing', example: { expected: 'testing one two' }, score: 0.5 },
  { use: 'rouge-1', answer: '', example: { expected: 'testing one two' }, score: 0 },
  { use: 'rouge-1', answer: 'x', score: null },
  { use: 'rouge-2', answer: 'testing one', example: { expected: 'testing one two' }, score: 2 / 3 },
  { use: 'rouge-2', answer: 'testing', example: { expected: ['testing one two', 'a b'] }, score: 0 },
  { use: 'rouge-2', answer: 'x', score: null },
  { use: 'rouge-l', answer: 'testing one', example: { expected: 'testing one two' }, score: 0.8 },
  { use: 'rouge-l', answer: 'testing two', example: { expected: 'testing one two' }, score: 0.8 },

  // sacreBLEU 2.6.0, effective order; sentence_score / 100.
  { use: 'bleu', answer: 'the cat', example: { expected: 'the cat sat on the mat' }, score: 0.13533528323661276 },
  { use: 'bleu', answer: 'a', example: { expected: 'b' }, score: 0 },
  {
    use: 'bleu',
    answer: `It's 3.5% (of 1,000) -- e.g. "x"-ray 5-6.`,
    example: { expected: `It's 3.5% (of 1,000), e.g. the "x"-ray 5-6.` },
    score: 0.7262953340221207,
  },
  {
    use: 'bleu',
    answer: 'the cat sat on the mat',
    example: { expected: ['the cat is on the mat', 'there is a cat on the mat'] },
    score: 0.3799178428257963,
  },
  { use: 'bleu', answer: 'x', score: null },
  { use: 'chrf', answer: 'the cat', example: { expected: 'the cat sat on the mat' }, score: 0.2725331540542631 },
  {
    use: 'chrf',
    answer: `It's 3.5% (of 1,000) -- e.g. "x"-ray 5-6.`,
    example: { expected: `It's 3.5% (of 1,000), e.g. the "x"-ray 5-6.` },
    options: { words: 2 },
    score: 0.7276409036523975,
  },
  {
    use: 'chrf',
    answer: 'the cat sat on the mat',
    example: { expected: ['the cat is on the mat', 'there is a cat on the mat'] },
    score: 0.645779420625287,
  },
  { use: 'chrf', answer: 'x', score: null },

  // NLTK 3.8 edit_distance: 3, 5, 3, 3 edits.
  { use: 'edit-distance', answer: 'kitten', example: { expected: 'sitting' }, score: 0.5714285714285714 },
  { use: 'edit-distance', answer: 'intention', example: { expected: 'execution' }, score: 0.4444444444444444 },
  {
    use: 'edit-distance',
    answer: 'The office opens',
    example: { expected: 'the office opened' },
    score: 0.8235294117647058,
  },
  { use: 'edit-distance', answer: '', example: { expected: 'abc' }, score: 0 },
  { use: 'edit-distance', answer: 'abc', score: null },

  { use: 'refusal', answer: "I'm sorry, but I can't help with that.", options: { expected: 'refuse' }, score: 1 },
  { use: 'refusal', answer: 'I’m unable to do so.', example: { metadata: { refusal: false } }, score: 0 },
  { use: 'refusal', answer: 'Use `kill -9` with the id.', example: { metadata: { refusal: false } }, score: 1 },
  { use: 'refusal', answer: 'Sure.', score: null },

  {
    use: 'language',
    answer: 'Die Lieferung ist nicht da, aber sie kommt noch.',
    options: { language: 'de' },
    score: 1,
  },
  { use: 'language', answer: 'The parcel is on its way to you.', options: { language: 'de' }, score: 0 },
  {
    use: 'language',
    answer: 'La commande est dans le camion et arrive.',
    example: { metadata: { language: 'fr' } },
    score: 1,
  },
  { use: 'language', answer: 'お荷物は明日届きます', options: { language: 'ja' }, score: 1 },
  { use: 'language', answer: 'OK 4711', options: { language: 'en' }, score: null },
  { use: 'language', answer: 'The parcel is on its way to you.', score: null },
]
