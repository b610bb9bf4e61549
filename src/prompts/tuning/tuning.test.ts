import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Example } from '../../core/dataset.ts'
import { cases } from '../../testing/properties.ts'
import { parsePrompt, promptPart } from '../parse.ts'
import { createRenderer } from '../render.ts'
import { type BuildSplit, buildSplitOf } from './build-split.ts'
import { betterHalf, paretoOf, roundsOf } from './halving.ts'
import { shotsOf, variantsOf } from './variants.ts'

const examples = ['build', 'holdout', 'regress', 'calibration', 'build', 'build', 'build', 'build', 'build'].map(
  (split, index) => Example.parse({ id: `e${index}`, input: `Q${index} {{x}}`, expected: `A${index}`, split }),
)

test('only the build split is handed on, and nothing else fits where tuning takes its cases', () => {
  // @ts-expect-error The mark is given by `buildSplitOf` alone, after everything else was taken out.
  const forged: BuildSplit = { examples }
  expect(forged.examples).toHaveLength(examples.length)
  expect(buildSplitOf(examples).examples.map(({ id }) => id)).toEqual(['e0', 'e4', 'e5', 'e6', 'e7', 'e8'])
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
