/**
 * The quality of the rows of a dataset, measure by measure. Pure: rows, what people said of them, and what else holds
 * their questions go in; figures with verdicts come out. What could not be measured is MISSING, and never a pass.
 */
import { type Example, turnsOf } from '../../core/dataset.ts'
import { inputKey } from '../../evals/index.ts'
import { wilson } from '../../kernel/statistics/index.ts'
import { findContained } from './contained.ts'
import type { DatasetProfile, Measure } from './measure.ts'
import { acrossGroups, findNearDuplicates } from './near-duplicates.ts'
import { personalDataIn } from './personal-data.ts'
import { type DeclaredSegment, FEWEST_OF_SEGMENT, profileOf } from './profile.ts'

export type QualityInput = {
  readonly rows: readonly Example[]
  /** Of the version; more than `rows` when not all are looked at. */
  readonly total: number
  /** Rows that wait in quarantine because they are broken. */
  readonly broken: number
  /** By the id of the row: whether people found its expected answer right. */
  readonly labels: ReadonlyMap<string, boolean>
  readonly ageDays: number
  readonly segments: readonly DeclaredSegment[]
  readonly limits: Readonly<Partial<Record<string, number>>>
  /** Null: nobody could say what prompts there are. */
  readonly prompts: readonly string[] | null
  readonly passages: readonly string[] | null
}

export type Quality = { readonly measures: Measure[]; readonly profile: DatasetProfile }

type Limit = { readonly atLeast: number } | { readonly atMost: number } | undefined

/** The usual limits; a dataset may have its own. */
const LIMITS: Readonly<Record<string, Limit>> = {
  schemaValid: { atLeast: 1 },
  duplicateShare: { atMost: 0.02 },
  nearDuplicateShare: { atMost: 0.1 },
  acrossSplits: { atMost: 0 },
  inPrompts: { atMost: 0 },
  personalData: { atMost: 0 },
  labelAudit: { atLeast: 0.98 },
  freshnessDays: { atMost: 365 },
  largestLabelShare: { atMost: 0.8 },
  syntheticShare: { atMost: 0.5 },
  representativeness: { atMost: 0.2 },
  intervalHalfWidth: { atMost: 0.1 },
}
export const FEWEST_AUDITED = 50
const MOST_ROWS = 10
/** z of a two-sided 95 % interval. */
const Z = 1.959964

export function measureQuality(input: QualityInput): Quality {
  const { rows, total, broken, ageDays, limits } = input
  const judge = (name: string, given: Omit<Draft, 'name'>) => judged({ name, ...given }, limits)
  const profile = profileOf(rows, { total, segments: input.segments })
  const n = rows.length
  const duplicates = exactDuplicates(rows)
  const texts = rows.map((row) => ({
    group: row.split,
    text: turnsOf(row)
      .map(({ content }) => content)
      .join('\n'),
  }))
  const { clusters } = findNearDuplicates(texts)
  const near = new Set(clusters.flatMap(({ members }) => members.slice(1)))
  const across = [
    ...new Set([...acrossGroups(clusters, texts).flatMap(({ members }) => members), ...duplicates.across]),
  ]
  const personal = rows.flatMap((row, at) =>
    row.metadata?.personalData === undefined && personalDataIn(`${texts[at]?.text}\n${answersOf(row)}`).length > 0
      ? [at]
      : [],
  )
  const idsOf = (places: Iterable<number>) => [...places].slice(0, MOST_ROWS).map((at) => rows[at]?.id ?? '')
  const share = (count: number, of: number) => (of === 0 ? null : count / of)
  const measures = [
    judge('schemaValid', {
      label: 'rows that are examples',
      value: share(total, total + broken),
      n: total + broken,
      why: broken === 0 ? 'No broken row waits.' : `${broken} broken rows wait in quarantine: mend or discard them.`,
    }),
    judge('duplicateShare', {
      label: 'rows that ask what an earlier row asks',
      value: share(duplicates.repeated.length, n),
      n,
      why: `${duplicates.repeated.length} of ${n} rows repeat an input word by word.`,
      rows: idsOf(duplicates.repeated),
    }),
    judge('nearDuplicateShare', {
      label: 'rows that ask nearly what an earlier row asks',
      value: share(near.size, n),
      n,
      why: `${near.size} of ${n} rows are at least 80 % the same as another one.`,
      rows: idsOf(near),
    }),
    judge('acrossSplits', {
      label: 'rows that ask the same as one in another split, or nearly',
      value: n === 0 ? null : across.length,
      n,
      why:
        across.length === 0
          ? 'No question stands in two splits.'
          : 'What is tuned on is asked in the exam: keep each question in one split.',
      rows: idsOf(across),
    }),
    ...contained(input, texts, { judge, idsOf }),
    judge('personalData', {
      label: 'rows with personal data that nobody answered for',
      value: n === 0 ? null : personal.length,
      n,
      why: personal.length === 0 ? 'None was found.' : 'Say of each that it is synthetic or allowed, or take it out.',
      rows: idsOf(personal),
    }),
    audit(input, judge),
    judge('freshnessDays', {
      label: 'days since the newest version',
      value: ageDays,
      n: total,
      why: `The newest version is ${ageDays} days old.`,
    }),
    balance(profile, judge),
    judge('syntheticShare', {
      label: 'rows that a generator made',
      value: share(profile.synthetic, n),
      n,
      why: `${profile.synthetic} of ${n} rows were asked by nobody.`,
    }),
    representative(input, profile, judge),
    sufficient(rows, judge),
  ]
  return { measures, profile }
}

type Draft = Pick<Measure, 'name' | 'label' | 'value' | 'n' | 'why'> &
  Partial<Pick<Measure, 'interval' | 'verdict' | 'rows'>>
type Judge = (name: string, given: Omit<Draft, 'name'>) => Measure

function judged(
  { name, value, interval = null, rows = [], verdict, ...draft }: Draft,
  own: QualityInput['limits'],
): Measure {
  const usual = LIMITS[name]
  const limit = own[name]
  const atLeast = usual && 'atLeast' in usual ? (limit ?? usual.atLeast) : null
  const atMost = usual && 'atMost' in usual ? (limit ?? usual.atMost) : usual === undefined ? (limit ?? null) : null
  const isWithin = value !== null && (atLeast === null || value >= atLeast) && (atMost === null || value <= atMost)
  const word = verdict ?? (value === null ? 'MISSING' : isWithin ? 'PASS' : 'FAIL')
  return { name, ...draft, value, interval, rows, atLeast, atMost, verdict: word }
}

function exactDuplicates(rows: readonly Example[]): { repeated: number[]; across: number[] } {
  const first = new Map<string, number>()
  const repeated: number[] = []
  const across = new Set<number>()
  for (const [at, row] of rows.entries()) {
    const key = inputKey(row)
    const before = first.get(key)
    if (before === undefined) first.set(key, at)
    else {
      repeated.push(at)
      if (rows[before]?.split !== row.split) across.add(before).add(at)
    }
  }
  return { repeated, across: [...across] }
}

/** Questions that measure, where they stand in what the application is told or searches. */
function contained(
  { rows, prompts, passages }: QualityInput,
  texts: readonly { readonly text: string }[],
  { judge, idsOf }: { judge: Judge; idsOf: (places: Iterable<number>) => string[] },
): Measure[] {
  const measuring = rows.flatMap(({ split }, at) => (split === 'build' ? [] : [at]))
  const questions = measuring.map((at) => texts[at]?.text ?? '')
  const found = (others: readonly string[]) =>
    findContained(questions, others).map(({ question }) => measuring[question] as number)
  const inPrompts = prompts && found(prompts)
  const inPassages = passages && found(passages)
  return [
    judge('inPrompts', {
      label: 'questions that a prompt shows',
      value: inPrompts?.length ?? null,
      n: questions.length,
      why: inPrompts
        ? inPrompts.length === 0
          ? 'No prompt of the newest release shows one.'
          : 'A prompt shows what it is asked: take other examples.'
        : 'The dataset belongs to no application with a release, so there is no prompt to look at.',
      ...(inPrompts === null && { verdict: 'NOT_APPLICABLE' as const }),
      rows: idsOf(inPrompts ?? []),
    }),
    judge('inKnowledge', {
      label: 'questions that a document holds word by word',
      value: inPassages?.length ?? null,
      n: questions.length,
      why: inPassages
        ? 'A document may hold the questions that it answers; many of them make the search look better than it is.'
        : 'The application has no documents, or the dataset no application.',
      ...(inPassages === null && { verdict: 'NOT_APPLICABLE' as const }),
      rows: idsOf(inPassages ?? []),
    }),
  ]
}

function audit({ labels }: QualityInput, judge: Judge): Measure {
  const n = labels.size
  const right = [...labels.values()].filter(Boolean).length
  const wrong = [...labels].filter(([, isRight]) => !isRight).map(([id]) => id)
  const { low, high } = wilson({ successes: right, n })
  const label = 'expected answers that people found right'
  const missing = FEWEST_AUDITED - n
  return judge('labelAudit', {
    label,
    value: n === 0 ? null : right / n,
    n,
    interval: n === 0 ? null : { low, high, method: 'wilson', sides: 2, level: 0.95 },
    why:
      missing > 0
        ? `${n} of at least ${FEWEST_AUDITED} rows were looked at: look at ${missing} more.`
        : `${right} of ${n} were right.`,
    ...(n > 0 && missing > 0 && { verdict: 'INCONCLUSIVE' as const }),
    rows: wrong.slice(0, MOST_ROWS),
  })
}

function balance({ labels, measured }: DatasetProfile, judge: Judge): Measure {
  const [largest] = labels
  return judge('largestLabelShare', {
    label: 'share of the most frequent answer',
    value: largest ? largest.rows / measured : null,
    n: measured,
    why: largest
      ? `${largest.label} is expected in ${largest.rows} of ${measured} rows.`
      : 'The expected answers are no classes.',
    ...(!largest && { verdict: 'NOT_APPLICABLE' as const }),
  })
}

/** The total variation distance of what is there from what was declared, of the field where it is largest. */
function representative({ segments, rows }: QualityInput, { segments: found }: DatasetProfile, judge: Judge): Measure {
  const distances = segments.map(({ field }) => {
    const values = found.filter((one) => one.field === field)
    return {
      field,
      distance: values.reduce((sum, one) => sum + Math.abs(one.rows / rows.length - one.expected), 0) / 2,
    }
  })
  const [worst] = distances.sort((one, other) => other.distance - one.distance)
  const few = found.filter(({ expected, isEnough }) => expected > 0 && !isEnough)
  return judge('representativeness', {
    label: 'distance from the declared inputs',
    value: worst && rows.length > 0 ? worst.distance : null,
    n: rows.length,
    why: !worst
      ? 'Nobody declared which inputs are expected.'
      : few.length > 0
        ? `Fewer than ${FEWEST_OF_SEGMENT} rows of ${few.map(({ field, value, rows: of }) => `${field} ${value} (${of})`).join(', ')}: nothing can be said of them.`
        : `${worst.field} is furthest from what was declared.`,
    ...(!worst && { verdict: 'NOT_APPLICABLE' as const }),
    ...(few.length > 0 && { verdict: 'INCONCLUSIVE' as const }),
  })
}

/** How wide the interval of a rate would be at worst, on the rows that measure (S3.18). */
function sufficient(rows: readonly Example[], judge: Judge): Measure {
  const n = rows.filter(({ split }) => split === 'regress' || split === 'holdout').length
  const width = n === 0 ? null : Z * Math.sqrt(0.25 / n)
  const forFive = Math.ceil((Z * 0.5) ** 2 / 0.05 ** 2)
  return judge('intervalHalfWidth', {
    label: 'half width of the interval of a rate, at worst',
    value: width,
    n,
    why:
      n === 0
        ? 'No row is for measuring: put some into regress or holdout.'
        : `${n} rows measure a rate to ±${((width ?? 0) * 100).toFixed(1)} points; ±5 points take ${forFive} rows${n < forFive ? `, ${forFive - n} more` : ''}.`,
  })
}

const answersOf = ({ expected, rubric }: Example): string =>
  [...(Array.isArray(expected) ? expected : [expected ?? '']), rubric ?? ''].join('\n')
