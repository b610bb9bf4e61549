/** Wordings as tables and properties: what each rule changes, what none may touch, and what is read of the arms. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cases } from '../../testing/properties.ts'
import { type ArmComparison, spreadOf, wordingOf } from './figure.ts'
import { piecesIn, withPieces } from './paraphrase.ts'
import { WORDINGS, worded } from './rules.ts'
import { mapWords, tagsOf } from './template.ts'

const SHOTS =
  '{{role "system"}}\nSort it.\n{{role "user"}}\nA?\n{{role "model"}}\none\n{{role "user"}}\nB?\n{{role "model"}}\ntwo\n{{role "user"}}\n{{question}}'

test.for([
  ['whitespace', 'Be brief. Say yes.\n\n{{question}}', 'Be brief.  Say yes.\n\n\n{{question}}'],
  ['whitespace', '{{question}}', undefined],
  ['separators', 'One.\n\nTwo.\n\n{{question}}', 'One.\n\n---\n\nTwo.\n\n{{question}}'],
  ['separators', 'One.\n---\nTwo. {{question}}', 'One.\n===\nTwo. {{question}}'],
  ['label-case', '# Task\nNote: be brief.\nAnswer:\n{{question}}', '# TASK\nNOTE: be brief.\nANSWER:\n{{question}}'],
  ['label-case', 'NOTE: be brief. {{question}}', 'Note: be brief. {{question}}'],
  ['politeness', 'You help.\nUse only {{passages}}. Say so.', 'You help.\nPlease use only {{passages}}. Say so.'],
  ['politeness', 'Please use it. Say so, please. {{question}}', 'Use it. Say so. {{question}}'],
  [
    'verb',
    'Give a number. Answer the question, answer with one.',
    'Provide a number. Respond to the question, answer with one.',
  ],
  ['verb', '- Write one line.\n2. Choose it. {{question}}', '- Compose one line.\n2. Select it. {{question}}'],
  ['verb', 'Answer with a word: {{question}}', undefined],
  ['example-order', 'Q: A?\nA: 1\n\nQ: B?\nA: 2\n\nQ: {{question}}', 'Q: B?\nA: 2\n\nQ: A?\nA: 1\n\nQ: {{question}}'],
  ['example-order', 'Q: A?\nA: 1\n\nQ: {{question}}', undefined],
  [
    'example-order',
    'Sort.\n\nExample 1: a is 1\n\nExample 2: b is 2\n\n{{question}}',
    'Sort.\n\nExample 1: b is 2\n\nExample 2: a is 1\n\n{{question}}',
  ],
  [
    'example-order',
    SHOTS,
    '{{role "system"}}\nSort it.\n{{role "user"}}\nB?\n{{role "model"}}\ntwo\n{{role "user"}}\nA?\n{{role "model"}}\none\n{{role "user"}}\n{{question}}',
  ],
  [
    'verb',
    'Give `Give it.` and\n```\nGive it.\n```\n\\{{Give it}} {{question}}',
    'Provide `Give it.` and\n```\nGive it.\n```\n\\{{Give it}} {{question}}',
  ],
] as const)('%s of %j', ([kind, body, expected]) => {
  expect(worded({ frontMatter: {}, body }, kind)?.body).toBe(expected)
})

test('the order of examples that are frozen with a prompt turns, and nothing else of the front matter', () => {
  const frontMatter = {
    output: { schema: { type: 'object' } },
    examples: { dataset: 'shots', first: 2 },
    input: { schema: { question: 'string' }, default: { examples: [{ id: 'a' }, { id: 'b' }] } },
  }
  const body = '{{#each examples}}{{input}}{{/each}}{{question}}'
  expect(worded({ frontMatter, body }, 'example-order')).toEqual({
    frontMatter: { ...frontMatter, input: { ...frontMatter.input, default: { examples: [{ id: 'b' }, { id: 'a' }] } } },
    body,
  })
  for (const kind of WORDINGS)
    expect(worded({ frontMatter, body: `Use it.\n\nSay: ${body}` }, kind)?.frontMatter.output).toEqual(
      frontMatter.output,
    )
})

test('what shows how it is done is left alone by rules of words', () => {
  const body = SHOTS.replace('A?', 'Please give it: now.')
  expect(worded({ frontMatter: {}, body }, 'politeness')?.body).toContain('Please give it: now.')
})

test('no wording changes what stands in braces, and one without a change gives nothing', () => {
  const word = fc.constantFrom(
    'Give it. ',
    'Note: x',
    '\n\n',
    '{{question}}',
    '{{> tone}}',
    '{{role "user"}}',
    'Q: ',
    '\n',
    '`',
    '{{#if a}}',
    '{{',
    'Please ',
  )
  fc.assert(
    fc.property(fc.array(word, { maxLength: 20 }), fc.constantFrom(...WORDINGS), (words, kind) => {
      const body = words.join('')
      expect(mapWords(body, (one) => one)).toBe(body)
      const other = worded({ frontMatter: {}, body }, kind)
      if (!other) return
      expect(other.body).not.toBe(body)
      expect(tagsOf(other.body).toSorted()).toEqual(tagsOf(body).toSorted())
      expect(worded({ frontMatter: {}, body }, kind)).toEqual(other)
    }),
    cases(300),
  )
})

const checks = { isRefusal: () => false, languageOf: () => undefined, languages: [] }

test('a paraphrase takes the places of the pieces, and falls with the first that loses something', () => {
  const body = '{{role "system"}}\nAnswer in at most 3 sentences.\n{{> tone}}\nSay {{word}} at the very end.\n'
  expect(piecesIn(body)).toEqual(['Answer in at most 3 sentences.', 'at the very end.'])
  const made = (...pieces: string[]) => withPieces(body, pieces, checks)
  expect(made('Respond with 3 sentences or fewer.', 'when you finish.')).toEqual({
    kind: 'made',
    body: '{{role "system"}}\nRespond with 3 sentences or fewer.\n{{> tone}}\nSay {{word}} when you finish.\n',
  })
  expect(made('Respond with 2 sentences or fewer.', 'when you finish.')).toMatchObject({ flaw: 'number' })
  expect(made('Respond with 3 sentences or fewer.')).toMatchObject({ flaw: 'missing' })
  expect(made('Respond with 3 {{more}} or fewer.', 'when you finish.')).toMatchObject({ flaw: 'literal' })
  expect(made('Answer in at most 3 sentences.', 'at the very end.')).toMatchObject({ flaw: 'same' })
})

const comparison: ArmComparison = {
  difference: 0,
  interval: { low: -0.04, high: 0.03, method: 'm', sides: 2, level: 0.95 },
  verdict: 'undecided',
  margin: 0.05,
  neededN: 90,
  n: 60,
}

test.for([
  [{}, 'STEADY', null],
  [{ interval: { ...comparison.interval, low: -0.2 } }, 'INCONCLUSIVE', 30],
  [{ interval: { ...comparison.interval, low: -0.2 }, neededN: null }, 'INCONCLUSIVE', null],
  [{ interval: { ...comparison.interval, low: -0.2, high: -0.1 }, verdict: 'worse' }, 'MOVED', null],
  [{ interval: { ...comparison.interval, low: 0.01, high: 0.04 }, verdict: 'better' }, 'STEADY', null],
  [{ interval: null }, 'INCONCLUSIVE', 30],
] as const)('an arm of %j is %s, with %s more rows', ([change, verdict, moreNeeded]) => {
  const given = { ...comparison, ...change } as ArmComparison
  expect(wordingOf('wording-verb', { rows: [], comparison: given })).toMatchObject({
    verdict,
    moreNeeded,
    stable: null,
  })
})

const row = (arm: string, example: string, score: number | null) => ({ arm, example, score, cluster: example[0] ?? '' })

test('rows count as steady within the margin, repeats averaged, missing apart, clusters as such', () => {
  const rows = [
    row('candidate', 'a1', 1),
    row('candidate', 'a1', 0),
    row('wording-verb', 'a1', 0.5),
    row('candidate', 'a2', 1),
    row('wording-verb', 'a2', 0.9),
    row('candidate', 'b', 1),
    row('wording-verb', 'b', null),
    row('candidate', 'c', 0.95),
    row('wording-verb', 'c', 1),
  ]
  expect(wordingOf('wording-verb', { rows, comparison })).toMatchObject({
    n: 3,
    clusters: 2,
    missing: 1,
    stable: 2 / 3,
  })
})

test('the spread goes from the best arm to the worst over rows that all scored, at a level for every pair', () => {
  const rows = ['a', 'b', 'c'].flatMap((id, at) => [
    row('candidate', id, 0.5),
    row('wording-verb', id, 0.9),
    row('wording-whitespace', id, at === 2 ? null : 0.1),
  ])
  const levels: number[] = []
  const compare = (_: object, level: number) => {
    levels.push(level)
    return { low: 0.7, high: 0.9, method: 'm', sides: 2 as const, level }
  }
  expect(spreadOf(rows, { better: 'higher', margin: 0.05, compare })).toMatchObject({
    best: 'wording-verb',
    worst: 'wording-whitespace',
    n: 2,
    verdict: 'MOVED',
  })
  expect(levels[0]).toBeCloseTo(1 - 0.05 / 3)
  expect(spreadOf(rows, { better: 'lower', margin: 0.05, compare })).toMatchObject({ best: 'wording-whitespace' })
  expect(spreadOf([row('candidate', 'a', null)], { better: 'higher', margin: 0.05, compare })).toBeUndefined()
})
