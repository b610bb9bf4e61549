/** The route of class figures, bound to what it does. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import type { CorpusDeps } from '../corpus/index.ts'
import { createClassFigures } from './classes.ts'
import { getClassFigures } from './contract.ts'

/** Registers the job that counts, so it is called before `jobs.start()`. */
export function classesHttp(deps: CorpusDeps): Mounted[] {
  const figuresOf = createClassFigures(deps)
  return [
    handle(getClassFigures, async ({ params, caller }) => {
      const experiment = await deps.get(params.id)
      demandApplication(caller, experiment.application)
      return reply(200, await figuresOf(experiment))
    }),
  ]
}
