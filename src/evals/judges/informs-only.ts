/** A judge that was not held against people on this kind of data informs; what it decides gates nothing. */
import type { EvidenceDraft, Fact } from '../../core/evidence.ts'
import type { Release } from '../../core/release.ts'
import type { Database } from '../../store/database.ts'
import { prepareEvaluators } from '../evaluators/index.ts'
import { mayGate } from './calibrate.ts'
import { newestCalibrations } from './store.ts'

/** Figures that no judge decides. */
const COUNTED = ['cases', 'harnessErrors', 'against']

/** Suites of the release that a judge decides which may not gate on their data, with why in words. */
export async function undecidedByJudges(db: Database, { application, manifest }: Release): Promise<string[]> {
  const why: string[] = []
  for (const { name, dataset, evaluators, primary } of manifest.suites) {
    const judge = prepareEvaluators(evaluators).find(({ key }) => key === primary)?.judge
    if (!judge) continue
    const [newest] = await newestCalibrations(db, { application, judges: [judge.digest], data: dataset })
    if (newest && mayGate(newest.result.standing)) continue
    why.push(
      newest
        ? `${name} is decided by ${judge.evaluator}, whose calibration on ${dataset} says ${newest.result.standing}.`
        : `${name} is decided by ${judge.evaluator}, which was never held against people on ${dataset}.`,
    )
  }
  return why
}

/** The draft with its figures emptied, when a judge that may not gate decides one of the suites. */
export function informsOnly(draft: EvidenceDraft, why: readonly string[]): EvidenceDraft {
  if (why.length === 0) return draft
  const emptied = (fact: Fact): Fact => ({ value: null, ...(fact.n !== undefined && { n: fact.n }) })
  return {
    ...draft,
    summary: `${why.join(' ')} So the figures inform and hold no gate: calibrate the judge. ${draft.summary}`,
    facts: Object.fromEntries(
      Object.entries(draft.facts).map(([name, fact]) => [name, COUNTED.includes(name) ? fact : emptied(fact)]),
    ),
  }
}
