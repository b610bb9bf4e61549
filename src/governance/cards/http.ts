/** HTTP of cards. */
import type { Release, ReleaseId } from '../../core/release.ts'
import { type Caller, demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { paperResponse } from '../plan/paper-response.ts'
import type { Cards } from './cards.ts'
import { exportReleaseCard, getReleaseCard } from './contract.ts'

export function cardsHttp(cards: Cards, { releaseOf }: { releaseOf: (id: ReleaseId) => Promise<Release> }): Mounted[] {
  const demand = async (caller: Caller, id: ReleaseId) => demandApplication(caller, (await releaseOf(id)).application)
  return [
    handle(getReleaseCard, async ({ params: { id, card }, caller }) => {
      await demand(caller, id)
      return reply(200, await cards.get(id, card))
    }),
    handle(exportReleaseCard, async ({ params: { id, card }, query: { format }, caller }) => {
      await demand(caller, id)
      return paperResponse(await cards.export({ release: id, kind: card, format }), { format, name: `${id}-${card}` })
    }),
  ]
}
