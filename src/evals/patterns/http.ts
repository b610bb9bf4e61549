/** The route of usage patterns, bound to its verb. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { getUsagePatterns } from './contract.ts'
import type { PatternsReport } from './report.ts'

export const patternsHttp = ({
  patternsOf,
  demandKnown,
}: {
  patternsOf: PatternsReport
  /** Throws when there is no such application. */
  demandKnown: (application: string) => Promise<unknown>
}): Mounted[] => [
  handle(getUsagePatterns, async ({ params, query, caller }) => {
    demandApplication(caller, params.name)
    await demandKnown(params.name)
    return reply(200, await patternsOf(params.name, query.days))
  }),
]
