/**
 * Whether a model still answers as it did: today's answers against those of the probe that they are held to. Pure.
 *
 * The statistic is, over all questions, how much more alike answers of one day are than answers of both days. Under "it
 * is the same model" the days are mere labels, so dealing them out anew within each question gives its distribution: an
 * exact test whatever the model's own chance is. One probe in a thousand raises a false alarm.
 */
import { z } from 'zod'
import { digestOfBytes } from '../../kernel/digest.ts'
import { similarityOf } from './similarity.ts'

export const ALARM_LEVEL = 0.001
const DEALS = 19_999

export const ProbeAnswer = z.object({
  prompt: z.string(),
  /** From 1. */
  repeat: z.number().int(),
  text: z.string(),
  digest: z.string(),
  firstTokenMs: z.number().nullable(),
  latencyMs: z.number(),
  outputTokens: z.number().int(),
})
export type ProbeAnswer = z.infer<typeof ProbeAnswer>

export const ProbeVerdict = z.object({
  /** first: there is nothing to compare with yet · undecided: some answers differ, too few to tell from chance. */
  kind: z.enum(['first', 'same', 'changed', 'undecided']),
  because: z.enum(['version', 'fingerprint', 'answers']).nullable(),
  /** One sentence. */
  why: z.string(),
  /** Questions of which an answer equals one of the other day. */
  identical: z.object({ value: z.number(), n: z.number().int() }),
  /** Mean likeness within a day and between the days. */
  within: z.number().nullable(),
  between: z.number().nullable(),
  pValue: z.number().nullable(),
  level: z.number(),
  /** Questions that must change for a model without chance of its own to be noticed. */
  detects: z.number().int(),
})
export type ProbeVerdict = z.infer<typeof ProbeVerdict>

export type Observed = {
  readonly answers: readonly ProbeAnswer[]
  /** What the provider called its model, and the state of its servers. */
  readonly responseModels: readonly string[]
  readonly fingerprints: readonly string[]
}

export const answerDigest = (text: string): string => digestOfBytes(text)

/** @param random from 0 to 1, seeded by whoever asks, so that the same probes give the same verdict */
export function judgeProbe(reference: Observed | undefined, now: Observed, random: () => number): ProbeVerdict {
  const questions = reference ? sharedQuestions(reference.answers, now.answers) : []
  const n = questions.length
  const base = { level: ALARM_LEVEL, detects: detectable(questions) }
  if (!reference || n === 0)
    return {
      ...base,
      kind: 'first',
      because: null,
      why: 'It is the first probe; later ones are held to it.',
      identical: { value: 0, n: 0 },
      within: null,
      between: null,
      pValue: null,
    }
  const alike = questions.filter(({ before, today }) =>
    today.some(({ digest }) => before.some((one) => one.digest === digest)),
  ).length
  const tables = questions.map(tableOf)
  const { within, between } = likeness(tables)
  const pValue = permutationTest(tables, random)
  const figures = { ...base, identical: { value: alike / n, n }, within, between, pValue }
  const said = `${alike} of ${n} questions have an answer in common; likeness ${shown(between)} between the days, ${shown(within)} within (p ${pValue < 0.0001 ? '< 0.0001' : shown(pValue)}).`
  const renamed = differing(reference.responseModels, now.responseModels)
  if (renamed)
    return {
      ...figures,
      kind: 'changed',
      because: 'version',
      why: `The provider answers as ${renamed.now}, no longer as ${renamed.before}. ${said}`,
    }
  if (pValue <= ALARM_LEVEL)
    return { ...figures, kind: 'changed', because: 'answers', why: `It answers otherwise than before. ${said}` }
  const moved = differing(reference.fingerprints, now.fingerprints)
  if (moved)
    return {
      ...figures,
      kind: 'changed',
      because: 'fingerprint',
      why: `The provider's fingerprint is ${moved.now}, no longer ${moved.before}. ${said}`,
    }
  if (alike === n || pValue > 0.05)
    return { ...figures, kind: 'same', because: null, why: `It answers as before. ${said}` }
  return {
    ...figures,
    kind: 'undecided',
    because: null,
    why: `Some answers differ, too few to tell from chance; ${base.detects} questions would tell. ${said}`,
  }
}

type Question = { readonly before: readonly ProbeAnswer[]; readonly today: readonly ProbeAnswer[] }
/** Likeness of every two answers of a question; the first `before` of them are of the day before. */
type Table = { readonly likeness: readonly (readonly number[])[]; readonly before: number }

function sharedQuestions(before: readonly ProbeAnswer[], now: readonly ProbeAnswer[]): Question[] {
  const earlier = Map.groupBy(before, ({ prompt }) => prompt)
  const today = Map.groupBy(now, ({ prompt }) => prompt)
  return [...earlier].flatMap(([prompt, answers]) => {
    const others = today.get(prompt)
    return others ? [{ before: answers, today: others }] : []
  })
}

const tableOf = ({ before, today }: Question): Table => {
  const all = [...before, ...today]
  return { likeness: all.map((one) => all.map((other) => similarityOf(one.text, other.text))), before: before.length }
}

/** One random dealing of the days after the other, within each question, of all that there are. */
function permutationTest(tables: readonly Table[], random: () => number): number {
  const measured = tables.reduce((sum, table) => sum + excess(table, firstOf(table)), 0)
  const dealings = tables.map((table) => dealingsOf(table).map((chosen) => excess(table, chosen)))
  let asLarge = 1
  for (let deal = 0; deal < DEALS; deal++) {
    let dealt = 0
    for (const each of dealings) dealt += each[Math.floor(random() * each.length)] ?? 0
    // Sums of fractions in another order differ in the last digits.
    if (dealt >= measured - 1e-9) asLarge++
  }
  return asLarge / (DEALS + 1)
}

const firstOf = ({ before }: Table): ReadonlySet<number> => new Set(Array.from({ length: before }, (_, at) => at))

/** Every choice of as many answers as the day before has. */
function dealingsOf({ likeness: table, before }: Table): ReadonlySet<number>[] {
  const choose = (from: number, left: number): number[][] =>
    left === 0
      ? [[]]
      : Array.from({ length: table.length - from }, (_, at) => from + at).flatMap((first) =>
          choose(first + 1, left - 1).map((rest) => [first, ...rest]),
        )
  return choose(0, before).map((chosen) => new Set(chosen))
}

/** How much more alike answers of one day are than of both, when these are the ones of the day before. */
function excess({ likeness: table }: Table, chosen: ReadonlySet<number>): number {
  const sums = { within: 0, pairs: 0, between: 0, across: 0 }
  for (let a = 0; a < table.length; a++)
    for (let b = a + 1; b < table.length; b++) {
      const value = table[a]?.[b] ?? 0
      if (chosen.has(a) === chosen.has(b)) {
        sums.within += value
        sums.pairs++
      } else {
        sums.between += value
        sums.across++
      }
    }
  return sums.pairs === 0 || sums.across === 0 ? 0 : sums.within / sums.pairs - sums.between / sums.across
}

function likeness(tables: readonly Table[]): { within: number | null; between: number | null } {
  const [inside, across]: [number[], number[]] = [[], []]
  for (const { likeness: table, before } of tables)
    for (let a = 0; a < table.length; a++)
      for (let b = a + 1; b < table.length; b++) (a < before === b < before ? inside : across).push(table[a]?.[b] ?? 0)
  const mean = (values: readonly number[]) =>
    values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
  return { within: mean(inside), between: mean(across) }
}

/** With k answers a day, one changed question is as likely as one dealing that keeps the days apart, of all. */
function detectable(questions: readonly Question[]): number {
  const [first] = questions
  if (!first) return 0
  const k = first.before.length
  const ways = choose(k + first.today.length, k) / (k === first.today.length ? 2 : 1)
  return ways <= 1 ? questions.length : Math.floor(Math.log(ALARM_LEVEL) / -Math.log(ways) + 1e-9) + 1
}

const choose = (n: number, k: number): number =>
  Array.from({ length: k }, (_, at) => (n - at) / (at + 1)).reduce((product, one) => product * one, 1)

/** Nothing in common, and both said something. */
function differing(before: readonly string[], now: readonly string[]): { before: string; now: string } | undefined {
  if (before.length === 0 || now.length === 0 || now.some((one) => before.includes(one))) return undefined
  return { before: before.join(', '), now: now.join(', ') }
}

const shown = (value: number | null): string => (value === null ? 'not known' : String(Math.round(value * 1000) / 1000))
