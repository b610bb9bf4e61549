/**
 * Which pairs people see: cases drawn by chance, every two arms of each, which of them stands first drawn for each pair,
 * and some of them for two people. Pure; the same rows and chance give the same plan.
 */
import { meanDetectable } from '../../kernel/statistics/index.ts'
import { asText, type Content, referenceOf, shuffled } from '../annotation/index.ts'
import type { ExperimentRow } from '../experiment.ts'
import type { StudyArm, StudyPair, StudyPlan } from './study.ts'

const SECONDS_A_LABEL = 45
/** People prefer one of two answers in about seven of ten cases: what a case's difference then varies by. */
const DEVIATION = Math.sqrt(0.7)

export type PlannedPair = Omit<StudyPair, 'study' | 'number' | 'item'> & { readonly content: Content | null }

export type PlanAsk = {
  readonly arms: readonly StudyArm['id'][]
  /** One run of each case, by arm. */
  readonly rowsOf: ReadonlyMap<StudyArm['id'], readonly ExperimentRow[]>
  readonly most: number
  readonly doubleShare: number
  readonly isReferenceShown: boolean
  readonly random: () => number
}

export function planStudy(ask: PlanAsk): { plan: StudyPlan; pairs: PlannedPair[] } {
  const { arms, most, doubleShare, random } = ask
  const { cases, failed, changed } = casesOf(ask)
  const drawn = shuffled(cases, random).slice(0, most)
  const all = drawn.flatMap((rows) =>
    arms.flatMap((_, at) => arms.slice(at + 1).map((__, next) => pairOf(ask, rows, at, at + 1 + next))),
  )
  const same = all.filter(({ content }) => content === null)
  const shown = shuffled(
    all.filter(({ content }) => content !== null),
    random,
  )
  const doubles = Math.round(doubleShare * shown.length)
  const labels = shown.length + doubles
  return {
    pairs: [
      ...shown.map((pair, at) => ({
        ...pair,
        content: pair.content && { ...pair.content, labelsAsked: at < doubles ? 2 : 1 },
      })),
      ...same,
    ],
    plan: {
      cases: drawn.length,
      pairs: shown.length,
      same: same.length,
      labels,
      failed,
      changed,
      minutes: (labels * SECONDS_A_LABEL) / 60,
      detectableDifference:
        drawn.length < 2 ? null : Math.min(1, meanDetectable({ n: drawn.length, standardDeviation: DEVIATION })),
    },
  }
}

/** The rows of each case that every arm answered and that asks the same in all of them. */
function casesOf({ arms, rowsOf }: PlanAsk): { cases: ExperimentRow[][]; failed: number; changed: number } {
  const byExample = Map.groupBy(
    arms.flatMap((arm, at) => (rowsOf.get(arm) ?? []).map((row) => ({ at, row }))),
    ({ row }) => row.example,
  )
  const complete = [...byExample.values()].flatMap((some) => {
    const rows = arms.map((_, at) => some.find((one) => one.at === at)?.row)
    return rows.every((row) => row !== undefined && row.error === null) ? [rows.flatMap((row) => row ?? [])] : []
  })
  const cases = complete.filter((rows) => new Set(rows.map(({ input }) => JSON.stringify(input))).size === 1)
  return { cases, failed: byExample.size - complete.length, changed: complete.length - cases.length }
}

function pairOf(
  { arms, isReferenceShown, random }: PlanAsk,
  rows: readonly ExperimentRow[],
  one: number,
  another: number,
): PlannedPair {
  const [at, next] = random() < 0.5 ? [one, another] : [another, one]
  const [first, second] = [rows[at], rows[next]]
  const [firstArm, secondArm] = [arms[at], arms[next]]
  if (!first || !second || !firstArm || !secondArm) throw new Error('A case has a row of each arm.')
  return {
    example: first.example,
    cluster: first.cluster ?? first.example,
    first: firstArm,
    second: secondArm,
    content:
      first.answer.trim() === second.answer.trim()
        ? null
        : {
            input: asText(first.input),
            answer: first.answer,
            other: second.answer,
            labelsAsked: 1,
            expected: isReferenceShown ? referenceOf(first) : null,
            passages: [],
            // Neither the experiment nor the release: they would say whose answers these are.
            source: { kind: 'experiment', id: null, example: first.example, release: null },
          },
  }
}
