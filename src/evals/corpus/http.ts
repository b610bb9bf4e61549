/** The route of corpus figures, bound to what it does. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { getCorpusFigures } from './contract.ts'
import { type CorpusDeps, createCorpusFigures } from './corpus.ts'

/** Registers the job that counts, so it is called before `jobs.start()`. */
export function corpusHttp(deps: CorpusDeps): Mounted[] {
  const figuresOf = createCorpusFigures(deps)
  return [
    handle(getCorpusFigures, async ({ params, caller }) => {
      const experiment = await deps.get(params.id)
      demandApplication(caller, experiment.application)
      return reply(200, await figuresOf(experiment))
    }),
  ]
}
