/**
 * Comparisons over many rows are counted by a job and its answer is kept: experiments that have ended say the same for
 * ever, as long as the same program reads them.
 */
import { z } from 'zod'
import { digestOf } from '../../kernel/digest.ts'
import { type CountingDeps, counted, ROWS_AT_ONCE } from '../counting.ts'
import type { EvalsDeps } from '../deps.ts'
import { compareArms } from './arms.ts'
import { ArmsComparison } from './contract.ts'
import { type ArmsAsk, type ArmsDeps, rowsCompared } from './plan.ts'

const COMPARE_ARMS = 'evals.compare-arms'
const Input = z.object({ arms: z.string(), reference: z.string().optional(), rows: z.number() })

export type CompareArms = (ask: ArmsAsk & { application: string }) => Promise<ArmsComparison>
export type ArmsCountingDeps = ArmsDeps & CountingDeps & Pick<EvalsDeps, 'programVersion'>

/** Registers the job. What it returns throws `evals.counting` while one counts. */
export function createCompareArms(
  deps: ArmsCountingDeps,
): (ask: ArmsAsk & { application: string }) => Promise<ArmsComparison> {
  deps.jobs.handle(COMPARE_ARMS, async ({ job, signal, progress }) => {
    const { rows, ...ask } = Input.parse(job.input)
    return compareArms(ask, deps, (done) => {
      signal.throwIfAborted()
      return progress(done, rows, 'comparison of arms')
    })
  })
  return async ({ application, arms, reference }) => {
    const ask = { arms, ...(reference !== undefined && { reference }) }
    const rows = await rowsCompared(ask, deps)
    if (rows <= ROWS_AT_ONCE) return compareArms(ask, deps)
    const job = await counted(deps, {
      what: 'The comparison of these arms',
      kind: COMPARE_ARMS,
      key: digestOf({ ...ask, program: deps.programVersion }),
      input: { ...ask, application, rows },
    })
    return ArmsComparison.parse(job.result)
  }
}
