/** HTTP of sandbox workspaces. */
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import * as contract from './contract.ts'
import type { Workspaces } from './workspaces.ts'

export const workspacesHttp = (workspaces: Workspaces): Mounted[] => [
  handle(contract.listWorkspaces, async ({ caller }) => {
    const items = await workspaces.list()
    return reply(200, {
      items: items.filter(({ application }) => caller.application === null || caller.application === application),
    })
  }),
  handle(contract.openWorkspace, async ({ body, caller }) => reply(201, await workspaces.open(body, caller))),
  handle(contract.closeWorkspace, async ({ params: { application }, caller }) =>
    reply(200, await workspaces.close(application, caller.actor)),
  ),
]
