/** Where each row of the roadmap stands: computed from gates where it can be, said by people where not. Pure. */
import { z } from 'zod'
import { STAGES } from '../../core/stage.ts'
import { opens } from '../../core/verdict.ts'
import { type PathStanding, verdictsOf } from '../standing.ts'
import { RoadmapRow } from './roadmap.ts'

export const RowStatus = z.object({
  state: z.enum(['done', 'under-way', 'held', 'not-begun', 'open']),
  /** `gate` when checks say it, `person` when somebody did. */
  from: z.enum(['gate', 'person']),
  /** Checks that are open or passed, of all that the row waits for. */
  passed: z.number().int(),
  of: z.number().int(),
  /** Its last day is past and it is not done. */
  isLate: z.boolean(),
  says: z.string(),
})
export type RowStatus = z.infer<typeof RowStatus>

export const LiveRow = RoadmapRow.extend({
  status: RowStatus,
  /** The checks that it waits for, its gate's included. */
  waitsFor: z.array(z.string()),
  /** Risks of the register that name one of these checks as their control, or that the row names. */
  linkedRisks: z.array(z.string()),
})
export type LiveRow = z.infer<typeof LiveRow>

type Context = {
  readonly standing: PathStanding
  readonly risks: readonly { id: string; controls?: readonly string[] | null | undefined }[]
  readonly today: string
}
type RowContext = Context & { readonly followsLaunch: boolean }

/** Rows after the last gate are what follows the launch: no gate ends them, and they begin when it is live. */
export function liveRows(rows: readonly RoadmapRow[], context: Context): LiveRow[] {
  const lastGate = rows.findLastIndex(({ gate }) => Boolean(gate))
  return rows.map((row, at) => liveRow(row, { ...context, followsLaunch: lastGate >= 0 && at > lastGate }))
}

function liveRow(row: RoadmapRow, { standing, risks, today, followsLaunch }: RowContext): LiveRow {
  const gate = standing.gates.find(({ into }) => into === row.gate)
  const waitsFor = [...new Set([...(gate?.checks.map(({ check }) => check) ?? []), ...(row.checks ?? [])])]
  const linkedRisks = risks
    .filter(({ id, controls }) => row.riskIds?.includes(id) || controls?.some((check) => waitsFor.includes(check)))
    .map(({ id }) => id)
  return { ...row, waitsFor, linkedRisks, status: statusOf(row, { standing, waitsFor, today, followsLaunch }) }
}

function statusOf(
  row: RoadmapRow,
  {
    standing,
    waitsFor,
    today,
    followsLaunch,
  }: Pick<RowContext, 'standing' | 'today' | 'followsLaunch'> & { waitsFor: readonly string[] },
): RowStatus {
  const verdicts = verdictsOf(standing)
  const known = waitsFor.flatMap((check) => verdicts.get(check) ?? [])
  const passed = known.filter(opens).length
  const failed = waitsFor.filter((check) => verdicts.get(check) === 'FAIL')
  const isReached = row.gate && standing.stage !== null && STAGES.indexOf(standing.stage) >= STAGES.indexOf(row.gate)
  const judged = { passed, of: waitsFor.length, from: 'gate' as const }
  const late = (isDone: boolean) => !isDone && typeof row.end === 'string' && row.end < today
  if (isReached) return { ...judged, state: 'done', isLate: false, says: `It is live in ${standing.stage}.` }
  if (row.gate && standing.release === null)
    return { ...judged, state: 'not-begun', isLate: late(false), says: 'Nothing was frozen yet.' }
  if (waitsFor.length === 0 && followsLaunch && row.done !== true)
    return standing.stage === 'production'
      ? {
          ...judged,
          state: 'under-way',
          isLate: late(false),
          says: 'It is live in production. Say so when it is done.',
        }
      : { ...judged, state: 'not-begun', isLate: late(false), says: 'It begins when it is live in production.' }
  if (waitsFor.length === 0) return saidByPeople(row, late)
  if (failed.length > 0) return { ...judged, state: 'held', isLate: late(false), says: `Held by ${failed.join(', ')}.` }
  if (passed === waitsFor.length)
    return row.gate
      ? { ...judged, state: 'under-way', isLate: late(false), says: `The gate into ${row.gate} is open: promote it.` }
      : { ...judged, state: 'done', isLate: false, says: 'All of its checks pass.' }
  if (standing.release === null)
    return { ...judged, state: 'not-begun', isLate: late(false), says: 'Nothing was frozen yet.' }
  return { ...judged, state: 'under-way', isLate: late(false), says: `${passed} of ${waitsFor.length} checks pass.` }
}

function saidByPeople(row: RoadmapRow, late: (isDone: boolean) => boolean): RowStatus {
  const isDone = row.done === true
  return {
    state: isDone ? 'done' : 'open',
    from: 'person',
    passed: 0,
    of: 0,
    isLate: late(isDone),
    says: isDone ? 'Said to be done.' : 'No check can tell; say so when it is done.',
  }
}
