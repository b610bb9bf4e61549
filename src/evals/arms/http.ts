/** The route of arms, bound to what it does. */
import { createKeptAnswers } from '../../kernel/kept.ts'
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { type ArmsDeps, compareArms, experimentsOf } from './arms.ts'
import { type ArmsComparison, compareArms as route } from './contract.ts'

/** Experiments that have ended say the same for ever, and a page asks again with every look at it. */
const KEPT_COMPARISONS = 64

export function armsHttp(deps: ArmsDeps): Mounted[] {
  const kept = createKeptAnswers<string, ArmsComparison>(KEPT_COMPARISONS)
  return [
    handle(route, async ({ query, caller }) => {
      for (const id of experimentsOf(query.arms)) demandApplication(caller, (await deps.get(id)).application)
      const key = JSON.stringify([query.arms, query.reference])
      return reply(200, await kept.get(key, () => compareArms(query, deps)))
    }),
  ]
}
