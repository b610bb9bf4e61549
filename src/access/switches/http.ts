/** Handlers of the routes of switches. A key of one application switches that one and nothing else. */
import { type Caller, demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { demandUnbound } from '../bound-key.ts'
import { listSwitches, switchOff, switchOn } from './contract.ts'
import type { SwitchKind } from './switch.ts'
import type { Switches } from './switches.ts'

export const switchesHttp = (switches: Pick<Switches, 'list' | 'switchOff' | 'switchOn'>): Mounted[] => [
  handle(listSwitches, async ({ caller: { application } }) =>
    reply(200, {
      items: switches
        .list()
        .filter(({ kind, name }) => application === null || (kind === 'application' && name === application)),
    }),
  ),
  handle(switchOff, async ({ params, body, caller }) => {
    demandOwn(caller, params)
    return reply(200, await switches.switchOff({ ...params, ...body, by: caller.actor }))
  }),
  handle(switchOn, async ({ params, query, caller }) => {
    demandOwn(caller, params)
    return reply(200, await switches.switchOn({ ...params, ...query, by: caller.actor }))
  }),
]

function demandOwn(caller: Caller, { kind, name }: { kind: SwitchKind; name: string }): void {
  if (kind === 'application') demandApplication(caller, name)
  else demandUnbound(caller)
}
