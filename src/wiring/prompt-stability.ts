/** What the stability of prompts reads of an experiment: every scored row of the release itself. */

import type { Delivery } from '../delivery/index.ts'
import type { Evals, ExperimentId } from '../evals/index.ts'
import type { MeasuredSuite } from '../prompts/index.ts'

const PAGE = 1000
/** Suites say their own; this is theirs when they say nothing. */
const MARGIN = 0.05

export const measuredBy =
  ({ evals, delivery }: { evals: Pick<Evals, 'get' | 'rows'>; delivery: Pick<Delivery, 'getRelease'> }) =>
  async (experiment: string): Promise<MeasuredSuite> => {
    const id = experiment as ExperimentId
    const { application, suite, state, primary, release, arms } = await evals.get(id)
    const { manifest } = await delivery.getRelease(release)
    const rows: MeasuredSuite['rows'][number][] = []
    for (let cursor: string | undefined; ; ) {
      const page = await evals.rows({ id, arm: 'candidate', order: 'dataset', cursor, limit: PAGE })
      for (const { example, scores } of page.items) rows.push({ example, score: scores[primary]?.score ?? null })
      if (page.next === null) break
      cursor = page.next
    }
    return {
      application,
      suite,
      state,
      primary,
      margin: manifest.suites.find(({ name }) => name === suite)?.margin ?? MARGIN,
      measured: arms.find(({ arm }) => arm === 'candidate')?.behaviour ?? [],
      rows,
    }
  }
