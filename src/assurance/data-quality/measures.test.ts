import { expect, test } from 'vitest'
import { Example } from '../../core/dataset.ts'
import { measureQuality, type QualityInput } from './measures.ts'

const rowsOf = (...given: readonly Partial<Example>[]) =>
  given.map((one, at) =>
    Example.parse({ id: `r${at}`, input: `What happens in case number ${at} of the list?`, ...one }),
  )
const many = (count: number, more: (at: number) => Partial<Example> = () => ({})) =>
  rowsOf(...Array.from({ length: count }, (_, at) => more(at)))
const measured = (rows: readonly Example[], more: Partial<QualityInput> = {}) => {
  const usual = {
    total: rows.length,
    broken: 0,
    labels: new Map(),
    ageDays: 1,
    segments: [],
    limits: {},
    prompts: [],
    passages: null,
  }
  const { measures } = measureQuality({ rows, ...usual, ...more })
  return (name: string) => measures.find((one) => one.name === name)
}
const labels = (right: number, wrong: number) =>
  new Map(Array.from({ length: right + wrong }, (_, at) => [`r${at}`, at < right]))
const SHARES = [{ field: 'language', shares: { en: 0.5, de: 0.5 } }]
const inLanguage = (share: number) => (at: number) => ({ metadata: { language: at % 100 < share * 100 ? 'en' : 'de' } })

test.for([
  ['no row at all', 'duplicateShare', [], {}, { verdict: 'MISSING', value: null }],
  ['a broken row in quarantine', 'schemaValid', many(9), { broken: 1 }, { verdict: 'FAIL', value: 0.9 }],
  [
    'an input twice',
    'duplicateShare',
    rowsOf({ input: 'Where?' }, { input: 'where' }),
    {},
    { verdict: 'FAIL', value: 0.5, rows: ['r1'] },
  ],
  [
    'an input nearly twice, in two splits',
    'acrossSplits',
    rowsOf(
      { input: 'How long does the delivery to Belgium take?', split: 'build' },
      { input: 'How long does the delivery to Belgium take??!', split: 'holdout' },
    ),
    {},
    { verdict: 'FAIL', value: 2 },
  ],
  [
    'a question that a prompt shows',
    'inPrompts',
    rowsOf({ input: 'May I send it back today?' }),
    { prompts: ['Q: may I send it back today?'] },
    { verdict: 'FAIL', value: 1 },
  ],
  [
    'one to tune on that a prompt shows',
    'inPrompts',
    rowsOf({ input: 'May I send it back today?', split: 'build' }),
    { prompts: ['Q: may I send it back today?'] },
    { verdict: 'PASS', value: 0 },
  ],
  ['no prompts to look at', 'inPrompts', many(3), { prompts: null }, { verdict: 'NOT_APPLICABLE' }],
  [
    'an address that nobody answered for',
    'personalData',
    rowsOf({ input: 'I am ada@example.org' }),
    {},
    { verdict: 'FAIL', value: 1 },
  ],
  [
    'an address that somebody answered for',
    'personalData',
    rowsOf({ input: 'I am ada@example.org', metadata: { personalData: 'synthetic' } }),
    {},
    { verdict: 'PASS', value: 0 },
  ],
  ['labels that nobody looked at', 'labelAudit', many(60), {}, { verdict: 'MISSING', n: 0 }],
  ['49 labels', 'labelAudit', many(60), { labels: labels(49, 0) }, { verdict: 'INCONCLUSIVE', n: 49 }],
  [
    '50 labels of which one is wrong',
    'labelAudit',
    many(60),
    { labels: labels(49, 1) },
    { verdict: 'PASS', value: 0.98, rows: ['r49'] },
  ],
  [
    '50 labels of which two are wrong',
    'labelAudit',
    many(60),
    { labels: labels(48, 2) },
    { verdict: 'FAIL', value: 0.96 },
  ],
  ['an old version', 'freshnessDays', many(3), { ageDays: 400 }, { verdict: 'FAIL' }],
  [
    'a limit of its own',
    'freshnessDays',
    many(3),
    { ageDays: 400, limits: { freshnessDays: 500 } },
    { verdict: 'PASS', atMost: 500 },
  ],
  [
    'free answers',
    'largestLabelShare',
    many(30, (at) => ({ expected: `answer ${at}` })),
    {},
    { verdict: 'NOT_APPLICABLE' },
  ],
  [
    'classes of which one is nearly all',
    'largestLabelShare',
    many(30, (at) => ({ expected: at < 27 ? 'yes' : 'no' })),
    {},
    { verdict: 'FAIL', value: 0.9 },
  ],
  [
    'mostly made by a generator',
    'syntheticShare',
    many(10, (at) => ({ synthetic: at < 6 })),
    {},
    { verdict: 'FAIL', value: 0.6 },
  ],
  ['as declared', 'representativeness', many(100, inLanguage(0.55)), { segments: SHARES }, { verdict: 'PASS' }],
  [
    'far from what was declared',
    'representativeness',
    many(200, inLanguage(0.8)),
    { segments: SHARES },
    { verdict: 'FAIL' },
  ],
  [
    'too few of one value to say',
    'representativeness',
    many(100, inLanguage(0.9)),
    { segments: SHARES },
    { verdict: 'INCONCLUSIVE', why: expect.stringContaining('language de (10)') },
  ],
  ['nothing declared', 'representativeness', many(3), {}, { verdict: 'NOT_APPLICABLE' }],
  [
    'too few rows to measure',
    'intervalHalfWidth',
    many(20),
    {},
    { verdict: 'FAIL', why: expect.stringContaining('385 rows, 365 more') },
  ],
  ['enough rows to measure', 'intervalHalfWidth', many(100), {}, { verdict: 'PASS' }],
] as const)('%s: %s', ([, name, rows, more, expected]) => {
  expect(measured(rows as Example[], more as Partial<QualityInput>)(name)).toMatchObject(expected)
})

test('the interval of an audit is the one of Wilson', () => {
  expect(measured(many(60), { labels: labels(49, 1) })('labelAudit')?.interval).toMatchObject({
    low: expect.closeTo(0.8951, 3),
    high: expect.closeTo(0.9965, 3),
    method: 'wilson',
  })
})
