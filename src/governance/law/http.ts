/** HTTP of law. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { paperResponse } from '../plan/paper-response.ts'
import { answerLaw, exportLaw, getLaw, listLaws } from './contract.ts'
import type { Law } from './law.ts'

export const lawHttp = (law: Law): Mounted[] => [
  handle(listLaws, async () =>
    reply(200, {
      items: law.packs.laws.map(({ scope, classes, screening, obligations, ...rest }) => rest),
    }),
  ),
  handle(getLaw, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    return reply(200, await law.get(name))
  }),
  handle(answerLaw, async ({ params: { name }, body: { answers }, caller }) => {
    demandApplication(caller, name)
    return reply(200, await law.answer({ name, answers, by: caller }))
  }),
  handle(exportLaw, async ({ params: { name }, query: { format }, caller }) => {
    demandApplication(caller, name)
    return paperResponse(await law.export({ name, format }), { format, name: `${name}-law` })
  }),
]
