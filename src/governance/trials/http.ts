/** HTTP of trials. The form takes no key: whoever has its link may answer it. */
import { type Caller, demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import * as contract from './contract.ts'
import type { TrialId } from './trial.ts'
import type { Trials } from './trials.ts'

export function trialsHttp(trials: Trials): Mounted[] {
  async function demandOwn(caller: Caller, id: TrialId): Promise<void> {
    demandApplication(caller, (await trials.find(id)).application)
  }
  return [
    handle(contract.listTrials, async ({ params: { name }, caller }) => {
      demandApplication(caller, name)
      return reply(200, { items: await trials.list(name) })
    }),
    handle(contract.createTrial, async ({ params: { name }, body, caller }) => {
      demandApplication(caller, name)
      return reply(201, await trials.create({ ...body, application: name }, caller.actor))
    }),
    handle(contract.getTrial, async ({ params: { id }, caller }) => {
      await demandOwn(caller, id)
      return reply(200, await trials.get(id))
    }),
    handle(contract.closeTrial, async ({ params: { id }, caller }) => {
      await demandOwn(caller, id)
      return reply(200, await trials.close(id, caller.actor))
    }),
    handle(contract.createTrialLinks, async ({ params: { id }, body, caller }) => {
      await demandOwn(caller, id)
      return reply(201, { links: await trials.link(id, body, caller.actor) })
    }),
    handle(contract.revokeTrialLink, async ({ params: { id, link }, caller }) => {
      await demandOwn(caller, id)
      return reply(200, await trials.revoke(id, link, caller.actor))
    }),
    handle(contract.recordInterview, async ({ params: { id }, body, caller }) => {
      await demandOwn(caller, id)
      return reply(201, await trials.interview(id, body, caller.actor))
    }),
    handle(contract.readFeedbackForm, async ({ body: { token } }) => reply(200, await trials.form(token))),
    handle(contract.answerFeedbackForm, async ({ body: { token, ...said } }) =>
      reply(201, await trials.answer(token, said)),
    ),
    handle(contract.withdrawFeedback, async ({ body: { withdrawal } }) => {
      await trials.withdraw(withdrawal)
      return reply(200, { deleted: true as const })
    }),
  ]
}
