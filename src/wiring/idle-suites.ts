/** While an experiment runs, nobody changes its suite or its dataset: what is asked is fixed before the answer is known. */
import { Failure } from '../kernel/failure.ts'
import type { LateSlices } from './late-slices.ts'

const MOST_RUNNING = 100

/** Throws `evals.suite-running` when a file that is changed belongs to an experiment that has not ended. */
export const demandIdleSuites =
  (late: LateSlices) =>
  async (application: string, changed: readonly string[]): Promise<void> => {
    if (!changed.some((path) => /^(evals|datasets)\//.test(path))) return
    for (const state of ['queued', 'running'] as const) {
      const { items } = await late().evals.list({ application, state, limit: MOST_RUNNING })
      for (const { id, suite, dataset } of items) {
        const path = changed.find((one) => isOf(one, 'evals', suite) || isOf(one, 'datasets', dataset))
        if (path === undefined) continue
        throw new Failure(
          'conflict',
          'evals.suite-running',
          `${path} belongs to the experiment ${id}, which is ${state}: nobody changes a suite while it runs. Wait for its end, or cancel it, and change it then.`,
          { facts: { experiment: id, path } },
        )
      }
    }
  }

const isOf = (path: string, folder: string, name: string): boolean =>
  path.startsWith(`${folder}/${name}.`) || path.startsWith(`${folder}/${name}/`)
