import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Example } from '../../core/dataset.ts'
import { cases } from '../../testing/properties.ts'
import { parsePrompt, promptPart } from '../parse.ts'
import { createRenderer } from '../render.ts'
import { type BuildSplit, buildSplitOf } from './build-split.ts'
import { betterHalf, paretoOf, roundsOf } from './halving.ts'
import { createMeter } from './meter.ts'
import { failingOf, proposed } from './proposing.ts'
import { proposedVariants, shotsOf, variantsOf } from './variants.ts'

const examples = ['build', 'holdout', 'regress', 'calibration', 'build', 'build', 'build', 'build', 'build'].map(
  (split, index) => Example.parse({ id: `e${index}`, input: `Q${index} {{x}}`, expected: `A${index}`, split }),
)

test('only the build split is handed on, and nothing else fits where tuning takes its cases', () => {
  // @ts-expect-error The mark is given by `buildSplitOf` alone, after everything else was taken out.
  const forged: BuildSplit = { examples }
  expect(forged.examples).toHaveLength(examples.length)
  expect(buildSplitOf(examples).examples.map(({ id }) => id)).toEqual(['e0', 'e4', 'e5', 'e6', 'e7', 'e8'])
})

test('a case of the build split that stands in another split as well is taken out, so that it carries nothing over', () => {
  const one = (id: string, input: string, split: string) => Example.parse({ id, input, split })
  const all = [one('a', 'Are you  Open?', 'build'), one('b', 'are you open?', 'holdout'), one('c', 'Where?', 'build')]
  expect(buildSplitOf(all).examples.map(({ id }) => id)).toEqual(['c'])
})

test.for([
  [
    { variants: 4, examples: 100, budget: 40 },
    [
      { variants: 4, examples: 5 },
      { variants: 2, examples: 15 },
    ],
  ],
  [
    { variants: 4, examples: 6, budget: 1000 },
    [
      { variants: 4, examples: 6 },
      { variants: 2, examples: 6 },
    ],
  ],
  [{ variants: 1, examples: 10, budget: 7 }, [{ variants: 1, examples: 7 }]],
  [{ variants: 5, examples: 10, budget: 4 }, undefined],
] as const)('a budget of %j is spent in rounds', ([given, rounds]) => {
  expect(roundsOf(given)).toEqual(rounds)
})

test('no plan costs more than its budget, and none tries more examples than there are', () => {
  const whole = (max: number) => fc.integer({ min: 1, max })
  fc.assert(
    fc.property(whole(60), whole(200), whole(3000), (variants, count, budget) => {
      const rounds = roundsOf({ variants, examples: count, budget }) ?? []
      const calls = rounds.reduce(
        (sum, round, i) => sum + round.variants * (round.examples - (rounds[i - 1]?.examples ?? 0)),
        0,
      )
      expect(calls).toBeLessThanOrEqual(budget)
      for (const round of rounds) expect(round.examples).toBeLessThanOrEqual(count)
    }),
    cases(300),
  )
})

test('the better half goes on, a variant without a score goes out first, and cost decides between equals', () => {
  const all = [
    { id: 'dear', mean: 0.9, cost: 5 },
    { id: 'none', mean: null, cost: 0 },
    { id: 'cheap', mean: 0.9, cost: 1 },
    { id: 'weak', mean: 0.1, cost: 1 },
  ]
  expect(betterHalf(all).map(({ id }) => id)).toEqual(['cheap', 'dear'])
})

test('a variant that another beats in everything is off the front', () => {
  const point = (id: string, mean: number | null, cost: number, latencyMs: number) => ({ id, mean, cost, latencyMs })
  const points = [
    point('good', 0.9, 5, 5),
    point('cheap', 0.5, 1, 5),
    point('worse', 0.5, 2, 6),
    point('none', null, 0, 0),
  ]
  expect(paretoOf(points)).toEqual(['good', 'cheap'])
})

test('variants are the prompt as it is, instructions, and examples as turns, with every set of parameters', async () => {
  const prompt = promptPart(parsePrompt('{{role "system"}}Be kind.\n{{role "user"}}{{question}}', 'answer.prompt'))
  const build = buildSplitOf(examples).examples
  const shots = shotsOf(build)
  expect(shots.map(({ id }) => id)).toEqual(['e0', 'e4'])
  const variants = variantsOf(prompt, { shots, sweep: { temperature: [0, 1] } })
  expect(variants).toHaveLength(12)
  expect(variants[0]).toMatchObject({ id: 'present, temperature 0', prompt: { digest: prompt.digest } })
  const turns = async (id: string) => {
    const found = variants.find((one) => one.id === id)
    return found ? createRenderer()(found.prompt, { question: 'Now?' }) : []
  }
  expect(await turns('short, temperature 1')).toMatchObject([
    { role: 'system', content: expect.stringMatching(/Be kind\.\s+Answer in at most two sentences\./) },
    { role: 'user', content: 'Now?' },
  ])
  const told = await turns('examples-2, temperature 0')
  expect(told.map(({ role, content }) => [role, content.trim()])).toEqual([
    ['system', 'Be kind.'],
    ['user', 'Q0 {{x}}'],
    ['assistant', 'A0'],
    ['user', 'Q4 {{x}}'],
    ['assistant', 'A4'],
    ['user', 'Now?'],
  ])
})

const failing = (expected: string) => [
  { example: Example.parse({ id: 'e1', input: 'Open?', expected }), answer: 'No', score: 0 },
]
const proposer = { model: 'scripted/fixed', parameters: {}, count: 3 }
const material = (expected = 'From nine to five on every weekday.') => ({
  task: 'Answers at the desk.',
  prompt: promptPart(
    parsePrompt(
      '{{role "system"}}Be kind.\n{{#each passages}}{{text}}{{/each}}\n{{role "user"}}{{question}}',
      'answer.prompt',
    ),
  ),
  evaluator: 'exact',
  better: 'higher' as const,
  failing: failing(expected),
})
const propose = (texts: readonly string[], { budget = 2 } = {}) => {
  const left = [...texts]
  return proposed(material(), {
    application: 'shop',
    proposer,
    ask: async () => ({ text: left.shift() ?? '', costMicroUsd: null, snapshot: 'fixed-1' }),
    read: (text, schema, who) => {
      if (!text.startsWith('{')) throw new Error(`${who} did not answer as asked.`)
      return schema.parse(JSON.parse(text))
    },
    meter: createMeter(budget),
    signal: new AbortController().signal,
  })
}

test('a proposal that repeats a case, holds a placeholder or says the same twice is kept and refused', async () => {
  const given = ['Say when: FROM nine to five  on every weekday.', 'Use {{question}}.', 'Be brief.', 'be  brief.']
  const answer = JSON.stringify({ proposals: given.map((text) => ({ text, why: 'It helps.' })) })
  const found = await propose([answer])
  expect(found).toMatchObject({ questions: 1, snapshot: 'fixed-1', shown: ['e1'], problem: null })
  expect(found.proposals.map(({ id, text, refused }) => [id, text, refused])).toEqual([
    ['proposal-1', given[0], 'It repeats the case e1, on which it would be scored.'],
    ['proposal-2', given[1], 'It holds {{, which would be read as a placeholder.'],
    ['proposal-3', 'Be brief.', null],
  ])
})

test('an answer that cannot be read is asked for once more, within the budget, and costs the proposals alone', async () => {
  const good = '{"proposals": [{"text": "Be brief."}]}'
  expect(await propose(['Sure!', good])).toMatchObject({ questions: 2, proposals: [{ how: 'add' }], problem: null })
  expect(await propose(['Sure!', good], { budget: 1 })).toMatchObject({
    questions: 1,
    proposals: [],
    problem: expect.stringContaining('The proposing model did not answer as asked'),
  })
})

test('what failed is what scored worst, and what reached all that can be reached did not fail', () => {
  const of = (scores: readonly number[]) => scores.map((score) => ({ ...failing('x')[0], score })) as never[]
  const scores = (found: readonly { score: number }[]) => found.map(({ score }) => score)
  expect(scores(failingOf(of([1, 0.5, 0]), { better: 'higher', unit: 'share' }))).toEqual([0, 0.5])
  expect(scores(failingOf(of([10, 900]), { better: 'lower', unit: 'ms' }))).toEqual([900, 10])
})

test('a proposal stands behind the words of the system, or in place of those before its first placeholder', async () => {
  const { prompt } = material()
  const one = (how: 'add' | 'rewrite') => ({ id: how, how, text: 'Say \\{ or less.', why: '', refused: null })
  const refused = { ...one('add'), id: 'no', refused: 'It repeats.' }
  const variants = proposedVariants(prompt, [one('add'), one('rewrite'), refused], {})
  expect(variants.map(({ id, origin }) => [id, origin])).toEqual([
    ['add', 'model'],
    ['rewrite', 'model'],
  ])
  const system = async (at: number) => {
    const variant = variants[at]
    const turns = variant && (await createRenderer()(variant.prompt, { question: 'Now?', passages: [{ text: 'P1' }] }))
    return turns
      ?.find(({ role }) => role === 'system')
      ?.content.replace(/\s+/g, ' ')
      .trim()
  }
  expect(await system(0)).toBe('Be kind. P1 Say \\{ or less.')
  expect(await system(1)).toBe('Say \\{ or less. P1')
})
