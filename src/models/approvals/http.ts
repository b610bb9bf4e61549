/** The routes of approvals and rules, bound to their verbs. */
import { handle, type Mounted } from '../../wire/handle.ts'
import { page, reply } from '../../wire/route.ts'
import type { Approvals } from './approvals.ts'
import {
  checkModelRules,
  decideModelApproval,
  deleteModelRule,
  getModelApproval,
  listModelApprovals,
  listModelRules,
  putModelRule,
  requestModelApproval,
  withdrawModelApproval,
} from './contract.ts'

export const approvalsHttp = (approvals: Approvals): Mounted[] => [
  handle(listModelApprovals, async ({ query: { cursor, limit, ...filter } }) =>
    reply(
      200,
      page(approvals.list(filter, { cursor, limit: limit + 1 }).map(approvals.shown), limit, ({ id }) => id),
    ),
  ),
  handle(getModelApproval, async ({ params }) => reply(200, approvals.shown(approvals.get(params.id)))),
  handle(requestModelApproval, async ({ body, caller }) =>
    reply(201, approvals.shown(await approvals.request(body, caller.actor))),
  ),
  handle(decideModelApproval, async ({ params, body, caller }) =>
    reply(200, approvals.shown(await approvals.decide(params.id, body, caller.actor))),
  ),
  handle(withdrawModelApproval, async ({ params, body, caller }) =>
    reply(200, approvals.shown(await approvals.withdraw(params.id, body.reason, caller.actor))),
  ),
  handle(listModelRules, async () => reply(200, { items: approvals.rules.inForce() })),
  handle(putModelRule, async ({ params, body, caller }) =>
    reply(200, await approvals.rules.put({ ...body, id: params.id }, caller.actor)),
  ),
  handle(deleteModelRule, async ({ params, caller }) => {
    await approvals.rules.remove(params.id, caller.actor)
    return reply(204, null)
  }),
  handle(checkModelRules, async ({ body: { model, ...context } }) =>
    reply(200, { items: approvals.judge(model, context) }),
  ),
]
