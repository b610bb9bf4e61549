/** Handlers of the routes of approvals: one verb each. */
import type { ReleaseId } from '../../core/release.ts'
import type { Clock } from '../../kernel/time.ts'
import { type Caller, demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import type { ApprovalId } from './approval.ts'
import type { Approvals } from './approvals.ts'
import * as contract from './contract.ts'
import { sheetPage } from './sheet-page.ts'
import { approversOf } from './waited.ts'

/** Older ones say little of who is waited for now. */
const MOST_COUNTED = 1000

export function approvalsHttp(
  approvals: Approvals,
  { applicationOf, clock }: { applicationOf: (release: ReleaseId) => Promise<string>; clock: Clock },
): Mounted[] {
  const demandOf = async (caller: Caller, id: ApprovalId) =>
    demandApplication(caller, (await approvals.find(id)).application)
  return [
    handle(contract.askApproval, async ({ body, caller }) => {
      demandApplication(caller, await applicationOf(body.release))
      return reply(201, await approvals.ask({ ...body, by: caller.actor }))
    }),
    handle(contract.listApprovals, async ({ query: { cursor, limit, yours, application, ...filter }, caller }) => {
      if (application !== undefined) demandApplication(caller, application)
      const only = { ...filter, application: caller.application ?? application, yours: yours === 'true' }
      return reply(200, await approvals.list({ ...only, asking: caller }, { cursor, limit }))
    }),
    handle(contract.listApprovers, async ({ query, caller }) => {
      if (query.application !== undefined) demandApplication(caller, query.application)
      const only = { application: caller.application ?? query.application, yours: false, asking: caller }
      const { items } = await approvals.list(only, { limit: MOST_COUNTED })
      return reply(200, { items: approversOf(items, clock()) })
    }),
    handle(contract.getApproval, async ({ params, caller }) => {
      await demandOf(caller, params.id)
      return reply(200, await approvals.get(params.id, caller))
    }),
    handle(contract.getDecisionSheet, async ({ params, caller }) => {
      await demandOf(caller, params.id)
      return reply(200, await approvals.sheet(params.id, caller))
    }),
    handle(contract.printDecisionSheet, async ({ params, caller }) => {
      await demandOf(caller, params.id)
      const text = sheetPage(await approvals.sheet(params.id, caller))
      return new Response(text, { headers: { 'content-type': 'text/html; charset=utf-8' } })
    }),
    handle(contract.signApproval, async ({ params, body, caller }) => {
      await demandOf(caller, params.id)
      return reply(200, await approvals.sign({ id: params.id, ...body, by: caller }))
    }),
    handle(contract.addDisconfirmingView, async ({ params, body, caller }) => {
      await demandOf(caller, params.id)
      return reply(201, await approvals.doubt({ id: params.id, ...body, by: caller }))
    }),
    handle(contract.withdrawApproval, async ({ params, body, caller }) => {
      await demandOf(caller, params.id)
      return reply(200, await approvals.withdraw({ id: params.id, reason: body.reason, by: caller.actor }))
    }),
    handle(contract.delegateDuty, async ({ body, caller }) => {
      demandApplication(caller, body.application)
      return reply(201, await approvals.delegations.lend({ ...body, by: caller }))
    }),
    handle(contract.listDelegations, async ({ query, caller }) => {
      if (query.application !== undefined) demandApplication(caller, query.application)
      return reply(200, { items: await approvals.delegations.list(caller.application ?? query.application) })
    }),
    handle(contract.endDelegation, async ({ params, caller }) => {
      demandApplication(caller, (await approvals.delegations.find(params.id)).application)
      return reply(200, await approvals.delegations.end({ id: params.id, by: caller.actor }))
    }),
  ]
}
