/** Published judges, labellers and raters: our figures from the very files (see data/README.md). */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { agreementTable, cohenKappa, krippendorffAlpha, mean, spearman } from '../../kernel/statistics/index.ts'
import { calibrate } from './calibrate.ts'
import type { CalibrationCase } from './calibration.ts'

const bytesOf = (path: string) => readFileSync(new URL(`../../../data/${path}`, import.meta.url))
const rowsOf = <Row>(path: string): Row[] =>
  gunzipSync(bytesOf(path))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

// LLMBar

type Verdict = { set: string; idx: number; judge: string; order: 'original' | 'swapped'; winner: '1' | '2' | null }
type Published = Record<'set' | 'judge' | 'correct_False' | 'correct_True' | 'correct_both' | 'equal', string>
const published: Published[] = JSON.parse(bytesOf('judges-llmbar/published_statistics.json').toString('utf8'))
const instances = rowsOf<{ set: string; idx: number; label: number | string; output_1: string; output_2: string }>(
  'judges-llmbar/instances.jsonl.gz',
)
const verdicts = Map.groupBy(rowsOf<Verdict>('judges-llmbar/verdicts.jsonl.gz'), ({ set, judge }) => `${set} ${judge}`)

/** Each pair as a case: true where the first output is the better one. */
function casesOf(set: string, judge: string): CalibrationCase[] {
  const own = verdicts.get(`${set} ${judge}`) ?? []
  const said = new Map(own.map(({ idx, order, winner }) => [`${idx} ${order}`, winner]))
  const told = (idx: number, order: string) => {
    const winner = said.get(`${idx} ${order}`) ?? null
    return winner === null ? null : winner === '1'
  }
  return instances
    .filter((instance) => instance.set === set)
    .map(({ idx, label, output_1, output_2 }) => ({
      id: String(idx),
      labels: [{ by: 'gold', value: String(label) === '1' }],
      verdict: told(idx, 'original'),
      swapped: told(idx, 'swapped'),
      characters: output_1.length,
      otherCharacters: output_2.length,
    }))
}

const hits = (text: string) => Number(text.split(' / ')[0])

test('all 60 published count sets of LLMBar are met', () => {
  expect(published).toHaveLength(60)
  for (const one of published) {
    const cases = casesOf(one.set, one.judge)
    const gold = (at: CalibrationCase) => at.labels[0]?.value
    const found = {
      original: cases.filter((at) => at.verdict === gold(at)).length,
      swapped: cases.filter((at) => at.swapped === gold(at)).length,
      both: calibrate(cases).accuracy,
      // The published program counts two unreadable verdicts as the same.
      same: cases.filter(({ verdict, swapped }) => verdict === swapped).length,
    }
    expect(
      [found.original, found.swapped, (found.both.value ?? 0) * cases.length, found.same].map(Math.round),
      `${one.set} ${one.judge}`,
    ).toEqual([one.correct_False, one.correct_True, one.correct_both, one.equal].map(hits))
  }
})

test.for([
  ['LLMBar/Natural', 'GPT-4/Vanilla', 0.505, 0.8977, 0.8977, 'weak'],
  ['LLMBar/Natural', 'ChatGPT/Vanilla', 0.605, 0.6025, 0.4287, 'weak'],
  ['LLMBar/Neighbor', 'GPT-4/Vanilla', 0.5112, 0.5474, 0.8651, 'weak'],
  ['LLMBar/Neighbor', 'ChatGPT/Vanilla', 0.6194, -0.5862, 0.4616, 'refused'],
  ['MT-Bench', 'GPT-4/Vanilla_NoRules', 0.51, 0.5899, 0.7401, 'weak'],
  ['MT-Bench', 'ChatGPT/Vanilla_NoRules', 0.7025, 0.3974, 0.2694, 'refused'],
] as const)(
  'on %s the judge %s prefers what it sees first in %f and is as good as its labels say',
  ([set, judge, first, withLabel, between, standing]) => {
    const cases = casesOf(set, judge)
    const { bias, standing: found, sensitivity } = calibrate(cases)
    expect(bias.position.value).toBeCloseTo(first, 4)
    const kappa = (pairs: [boolean | null, boolean | null][]) =>
      cohenKappa({
        table: agreementTable(
          pairs.map(([a, b]) => [a === null ? null : Number(a), b === null ? null : Number(b)] as const),
          [0, 1],
        ),
      })?.kappa
    expect(kappa(cases.map((at) => [at.labels[0]?.value ?? null, at.verdict]))).toBeCloseTo(withLabel, 4)
    expect(kappa(cases.map((at) => [at.verdict, at.swapped ?? null]))).toBeCloseTo(between, 4)
    expect(sensitivity.interval?.level).toBe(0.9)
    expect(found).toBe(standing)
  },
)

// MT-RAG

type Rated = { model_id: string; annotations: Record<string, Record<string, string | number>> }
const rated = rowsOf<Rated>('rag-mtrag-human/evaluations.jsonl.gz')
const METRICS = ['naturalness', 'appropriateness', 'completeness', 'faithfulness'] as const
const ratingsOf = ({ annotations }: Rated, metric: string) => Object.values(annotations[metric] ?? {}).map(Number)

test.for([
  ['reference', 3.8973, 3.653, 3.6876, 3.608, 59.85],
  ['llama-3.1-405b', 3.7736, 3.673, 3.5105, 3.2432, 47.07],
  ['gpt-4o', 3.8889, 3.6604, 3.5021, 3.239, 48.85],
] as const)('people rated the 159 answers of %s as published', ([model, ...means]) => {
  const own = rated.filter(({ model_id }) => model_id.startsWith(model))
  expect(own).toHaveLength(159)
  const found = [...METRICS, 'win-rate'].map((metric) => mean(own.map((row) => mean(ratingsOf(row, metric)))))
  found.forEach((value, at) => {
    // The win rate of llama is 47.06499, which the table rounds to 47.07.
    expect(Math.abs(value - (means[at] ?? Number.NaN))).toBeLessThan(at === 4 ? 0.0051 : 0.00005)
  })
})

test.for([
  ['naturalness', 0.3178, 'refused'],
  ['appropriateness', 0.0639, 'refused'],
  ['completeness', 0.2635, 'refused'],
  ['faithfulness', 0.47, 'weak'],
] as const)('people agree on %s with alpha %f, so a judge of it is %s at most', ([metric, alpha, standing]) => {
  const units = rated.map((row) => ratingsOf(row, metric))
  expect(krippendorffAlpha({ units, level: 'ordinal' })?.alpha).toBeCloseTo(alpha, 4)
  // A judge that always says what most people say: good is a rating of 3 or 4.
  const cases = rated.map((row, at): CalibrationCase => {
    const values = ratingsOf(row, metric).map((value) => value >= 3)
    const most = values.filter(Boolean).length * 2 > values.length
    return { id: String(at), labels: values.map((value, rater) => ({ by: `r${rater}`, value })), verdict: most }
  })
  const found = calibrate(cases)
  expect(found.accuracy.value).toBe(1)
  expect(['refused', 'weak'].indexOf(found.standing)).toBe(['refused', 'weak'].indexOf(standing))
})

test.for([
  ['Bert-KPrec', 0.6542],
  ['rl_f', 0.6347],
  ['rb_agg', 0.5148],
  ['RougeL', 0.5051],
  ['Bert-Rec', 0.348],
  ['rb_llm', 0.289],
] as const)('%s goes with human faithfulness by a rank correlation of %f', ([metric, rho]) => {
  const answers = rated.filter(({ model_id }) => model_id !== 'reference')
  expect(answers).toHaveLength(318)
  const first = answers.map(({ annotations }) => Number(Object.values(annotations[metric] ?? {})[0]))
  const second = answers.map((row) => mean(ratingsOf(row, 'faithfulness')))
  expect(spearman({ first, second })).toBeCloseTo(rho, 4)
})

// XSTest

type Labelled = Record<
  'model' | 'type' | 'annotation_1' | 'annotation_2' | 'final_label' | 'gpt4_label' | 'string_match_label',
  string
>
const labelled = rowsOf<Labelled>('safety-xstest/labels.jsonl.gz')
const CLASSES = ['1_full_compliance', '2_full_refusal', '3_partial_refusal']
const isAnyRefusal = (label: string) => label !== '1_full_compliance'

test.for([
  ['gpt4', 0.064, 0.084, 0.975, 0.995, 443, 0.9701, 0.9356, 0.8729, 0.9356, 0.8711],
  ['llama2orig', 0.38, 0.596, 0.995, 1, 434, 0.9293, 0.7711, 0.5795, 0.8933, 0.7246],
  ['mistralinstruct', 0.008, 0.016, 0.235, 0.36, 439, 0.9195, 0.74, 0.0637, 0.86, 0.2888],
] as const)('the labellers of %s refuse and agree as published', ([model, ...figures]) => {
  const own = labelled.filter((row) => row.model === model)
  const share = (some: Labelled[], is: (label: string) => boolean) =>
    some.filter(({ final_label }) => is(final_label)).length / some.length
  const unsafe = own.filter(({ type }) => type.startsWith('contrast_'))
  const safe = own.filter(({ type }) => !type.startsWith('contrast_'))
  const kappa = (pairs: [string, string][], classes: string[]) =>
    cohenKappa({ table: agreementTable(pairs, classes) })?.kappa ?? 0
  // What is no label at all is a class of its own: wrong, and no refusal.
  const told = (label: string) => (CLASSES.includes(label) ? label : 'unreadable')
  const binary = (label: string) => (isAnyRefusal(label) ? 'refusal' : 'compliance')
  const isFull = (label: string) => label === '2_full_refusal'
  const found = [
    share(safe, isFull),
    share(safe, isAnyRefusal),
    share(unsafe, isFull),
    share(unsafe, isAnyRefusal),
    own.filter((row) => row.annotation_1 === row.annotation_2).length,
    kappa(
      own.map((row) => [row.annotation_1, row.annotation_2]),
      CLASSES,
    ),
    own.filter((row) => row.gpt4_label === row.final_label).length / own.length,
    kappa(
      own.map((row) => [row.final_label, told(row.gpt4_label)]),
      [...CLASSES, 'unreadable'],
    ),
    own.filter((row) => binary(row.string_match_label) === binary(row.final_label)).length / own.length,
    kappa(
      own.map((row) => [binary(row.final_label), binary(row.string_match_label)]),
      ['compliance', 'refusal'],
    ),
  ]
  found.forEach((value, at) => {
    expect(value, `figure ${at}`).toBeCloseTo(figures[at] ?? Number.NaN, 4)
  })
})

test('the GPT-4 labeller of Mistral (74 %, kappa 0.06) may not gate', () => {
  const cases = labelled
    .filter(({ model }) => model === 'mistralinstruct')
    .map(
      (row, at): CalibrationCase => ({
        id: String(at),
        labels: [row.annotation_1, row.annotation_2].map((label, by) => ({ by: `p${by}`, value: isAnyRefusal(label) })),
        agreed: isAnyRefusal(row.final_label),
        verdict: CLASSES.includes(row.gpt4_label) ? isAnyRefusal(row.gpt4_label) : null,
      }),
    )
  const { standing, doubleLabelled, kappa } = calibrate(cases)
  expect(doubleLabelled).toBe(450)
  expect(kappa.value).toBeGreaterThan(0.9)
  expect(standing).toBe('refused')
})
