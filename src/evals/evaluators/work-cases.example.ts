/** Rows of the table test for what an answer took: tokens, passages, citations, tools and steps. */
import type { Case } from './cases.example.ts'

export const workCases: readonly Case[] = [
  { use: 'tokens', result: { tokens: { input: 10, output: 4 } }, score: 4 },
  { use: 'tokens', result: { tokens: { input: 10, output: 4 } }, options: { of: 'both' }, score: 14 },
  { use: 'tokens', score: null },

  {
    use: 'precision-at-k',
    example: { contexts: ['b', 'd'] },
    result: { passages: ['a', 'b', 'c', 'd'] },
    options: { k: 4 },
    score: 0.5,
  },
  { use: 'precision-at-k', example: { contexts: ['b'] }, result: { passages: ['b'] }, score: 0.2 },
  { use: 'precision-at-k', result: { passages: ['b'] }, score: null },
  { use: 'reciprocal-rank', example: { contexts: ['c', 'b'] }, result: { passages: ['a', 'b', 'c'] }, score: 0.5 },
  { use: 'reciprocal-rank', example: { contexts: ['z'] }, result: { passages: ['a'] }, score: 0 },
  { use: 'reciprocal-rank', result: { passages: ['a'] }, score: null },
  // scikit-learn 1.2.1 ndcg_score([[0, 1, 0, 1]], [[4, 3, 2, 1]], k=3 and None).
  {
    use: 'ndcg',
    example: { contexts: ['b', 'd'] },
    result: { passages: ['a', 'b', 'c', 'd'] },
    options: { k: 3 },
    score: 0.3868528072345415,
  },
  {
    use: 'ndcg',
    example: { contexts: ['b', 'd'] },
    result: { passages: ['a', 'b', 'c', 'd'] },
    score: 0.6509209298071323,
  },
  { use: 'ndcg', result: { passages: ['a'] }, score: null },
  {
    use: 'citation-precision',
    example: { contexts: ['a', 'b'] },
    result: { citations: ['a', 'z'], invalidCitations: ['[9]'] },
    score: 1 / 3,
  },
  { use: 'citation-precision', example: { contexts: ['a'] }, score: null },
  { use: 'citation-recall', example: { contexts: ['a', 'b'] }, result: { citations: ['a', 'z'] }, score: 0.5 },
  { use: 'citation-recall', example: { contexts: ['a', 'b'] }, score: 0 },
  { use: 'citation-recall', result: { citations: ['a'] }, score: null },

  {
    use: 'tool-calls',
    answer: '[{"name":"f","arguments":{"a":1}}]',
    example: { tools: [{ name: 'f', arguments: { a: [1] } }] },
    score: 1,
  },
  {
    use: 'tool-calls',
    answer: '[{"f":{"city":"new-york"}}]',
    example: { tools: [{ f: { city: ['New York', 'NYC'], unit: ['', 'C'] } }] },
    score: 1,
  },
  {
    use: 'tool-calls',
    answer: '{"name":"f","arguments":{"a":1,"b":2}}',
    example: { tools: [{ name: 'f', arguments: { a: [1] } }] },
    score: 0,
  },
  {
    use: 'tool-calls',
    result: {
      toolCalls: [
        { name: 'f', arguments: {} },
        { name: 'g', arguments: {} },
      ],
    },
    example: { tools: [{ name: 'f' }] },
    options: { mode: 'f1' },
    score: 2 / 3,
  },
  {
    use: 'tool-calls',
    result: { toolCalls: [{ name: 'f', arguments: { a: 9 } }] },
    example: { tools: [{ name: 'f', arguments: { a: [1] } }] },
    options: { mode: 'names' },
    score: 1,
  },
  { use: 'tool-calls', answer: 'No tool fits.', example: { tools: [] }, score: 1 },
  {
    use: 'tool-calls',
    answer: '[{"name":"f","arguments":{"a":"x"}}]',
    example: {
      tools: [{ name: 'f', arguments: { a: ['x'] } }],
      metadata: { functions: [{ name: 'f', parameters: { type: 'dict', properties: { a: { type: 'integer' } } } }] },
    },
    score: 0,
  },
  { use: 'tool-calls', score: null },
  {
    use: 'trajectory',
    result: { toolCalls: ['find', 'look', 'book'].map((name) => ({ name, arguments: {} })) },
    example: { tools: [{ name: 'find' }, { name: 'book' }] },
    score: 1,
  },
  {
    use: 'trajectory',
    result: { toolCalls: ['find', 'look', 'book'].map((name) => ({ name, arguments: {} })) },
    example: { tools: [{ name: 'find' }, { name: 'book' }] },
    options: { match: 'exact' },
    score: 0,
  },
  {
    use: 'trajectory',
    result: { toolCalls: ['book', 'find'].map((name) => ({ name, arguments: {} })) },
    example: { tools: [{ name: 'find' }, { name: 'book' }] },
    options: { match: 'any-order' },
    score: 1,
  },
  {
    use: 'trajectory',
    result: { toolCalls: ['find', 'look', 'book'].map((name) => ({ name, arguments: {} })) },
    example: { tools: [{ name: 'find' }, { name: 'book' }] },
    options: { match: 'f1' },
    score: 0.8,
  },
  {
    use: 'trajectory',
    result: { toolCalls: ['find', 'look', 'book'].map((name) => ({ name, arguments: {} })) },
    example: { tools: [{ name: 'find' }] },
    options: { mostSteps: 2 },
    score: 0,
  },
  { use: 'trajectory', score: null },
]
