/** Routes of synthetic cases to verbs. */
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { acceptGeneration, getGeneration, listGenerations, startGeneration } from './contract.ts'
import type { Synthesis } from './synthesis.ts'

export const synthesisHttp = (synthesis: Synthesis): Mounted[] => [
  handle(startGeneration, async ({ params, body, caller }) => {
    const { fact, multiHop, outOfScope, ...given } = body
    const counts = { fact, 'multi-hop': multiHop, 'out-of-scope': outOfScope }
    const outcome = await synthesis.start({ ...given, counts, dataset: params.dataset, caller })
    if (outcome.kind === 'started') return reply(202, outcome)
    const { kind, quote } = outcome
    return kind === 'quote' ? reply(200, { kind, quote }) : reply(409, { kind, quote })
  }),
  handle(listGenerations, async ({ params, caller }) =>
    reply(200, { items: await synthesis.list(params.dataset, caller) }),
  ),
  handle(getGeneration, async ({ params, caller }) =>
    reply(200, await synthesis.get(params.dataset, params.id, caller)),
  ),
  handle(acceptGeneration, async ({ params, body, caller }) =>
    reply(200, await synthesis.accept({ name: params.dataset, id: params.id, caller, ...body })),
  ),
]
