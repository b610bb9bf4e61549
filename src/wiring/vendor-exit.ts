/** What leaving a provider asks of experiments, approvals and cards. */
import type { ReleaseId } from '../core/release.ts'
import type { Clock } from '../kernel/time.ts'
import { type Approvals, type Cards, type Compared, createExit, termsPart } from '../models/index.ts'
import type { LateSlices } from './late-slices.ts'

const MOST_EXPERIMENTS = 200

export function wireExit({
  clock,
  cards,
  approvals,
  late,
}: {
  clock: Clock
  cards: Pick<Cards, 'fieldsOf'>
  approvals: Approvals
  late: LateSlices
}) {
  return createExit({
    clock,
    releaseOf: (id) => late().delivery.getRelease(id),
    examplesOf: (dataset) => late().evals.examplesOf.pieces(dataset),
    comparisonsOf: async (application) => {
      const { items } = await late().evals.list({ application, state: 'succeeded', limit: MOST_EXPERIMENTS })
      return items.flatMap(({ id, release, against, arms, comparison: [first] }): Compared[] => {
        if (against === null || against === 'baseline' || !first) return []
        const better = arms[0]?.scores.find(({ evaluator }) => evaluator === first.evaluator)?.better ?? 'higher'
        const { difference, interval, margin, n } = first
        return [{ experiment: id, release, against: against as ReleaseId, better, difference, interval, margin, n }]
      })
    },
    barred: (manifest) =>
      approvals.barred(manifest, { stage: 'poc', use: 'commercial', dataClass: 'none', residency: [] }),
    endOf(model) {
      const end = cards.fieldsOf(model).find(({ name }) => name === 'deprecatedOn')?.value
      return typeof end === 'string' ? end : null
    },
    termsOf: (manifest) => termsPart(approvals, manifest),
  })
}
