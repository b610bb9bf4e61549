/** The routes of servers of one's own, bound to their verbs. */
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { attachProvider, getProviderLoad } from './contract.ts'
import type { SelfHosted } from './self-hosted.ts'

export const selfHostedHttp = (selfHosted: SelfHosted): Mounted[] => [
  handle(attachProvider, async ({ body, caller, signal }) =>
    reply(201, await selfHosted.attach(body, caller.actor, signal)),
  ),
  handle(getProviderLoad, async ({ params, signal }) => reply(200, await selfHosted.load(params.name, signal))),
]
