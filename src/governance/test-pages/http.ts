/** HTTP of test pages. A visit takes no key: whoever has the link may ask. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import * as contract from './contract.ts'
import type { TestPages } from './test-pages.ts'

export const testPagesHttp = (pages: TestPages): Mounted[] => [
  handle(contract.listTestPages, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    return reply(200, { items: await pages.list(name) })
  }),
  handle(contract.createTestPage, async ({ params: { name }, body, caller }) => {
    demandApplication(caller, name)
    return reply(201, await pages.open({ ...body, application: name }, caller.actor))
  }),
  handle(contract.revokeTestPage, async ({ params: { id }, caller }) => {
    demandApplication(caller, (await pages.find(id)).application)
    return reply(200, await pages.revoke(id, caller.actor))
  }),
  handle(contract.readTestPage, async ({ body: { token }, request }) =>
    reply(200, await pages.view(token, request.headers.get('accept-language') ?? undefined)),
  ),
  handle(contract.askTestPage, async ({ body: { token, turns }, signal }) =>
    reply(200, await pages.ask(token, turns, signal)),
  ),
  handle(contract.rateTestAnswer, async ({ body: { token, answer, helpful, comment } }) => {
    await pages.rate(token, { answer, helpful, comment: comment || undefined })
    return reply(201, { kept: true as const })
  }),
]
