/** The route of arms, bound to what it does. */
import { createKeptAnswers } from '../../kernel/kept.ts'
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { type ArmsComparison, compareArms } from './contract.ts'
import type { ArmsCountingDeps, CompareArms } from './counting.ts'
import { experimentsOf } from './plan.ts'

/** Experiments that have ended say the same for ever, and a page asks again with every look at it. */
const KEPT_COMPARISONS = 64

export function armsHttp({ get, compare }: Pick<ArmsCountingDeps, 'get'> & { compare: CompareArms }): Mounted[] {
  const kept = createKeptAnswers<string, ArmsComparison>(KEPT_COMPARISONS)
  return [
    handle(compareArms, async ({ query, caller }) => {
      const experiments = await Promise.all(experimentsOf(query.arms).map((id) => get(id)))
      for (const { application } of experiments) demandApplication(caller, application)
      const application = experiments[0]?.application ?? ''
      const key = JSON.stringify([query.arms, query.reference])
      return reply(200, await kept.get(key, () => compare({ ...query, application })))
    }),
  ]
}
