/** HTTP of training. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { page, reply } from '../../wire/route.ts'
import * as contract from './contract.ts'
import type { Training } from './training.ts'

export const trainingHttp = (training: Training): Mounted[] => [
  handle(contract.listTrainingRecords, async ({ query: { person, cursor, limit } }) =>
    reply(
      200,
      page(await training.listRecords({ person, after: cursor, limit: limit + 1 }), limit, ({ id }) => id),
    ),
  ),
  handle(contract.importTrainingRecords, async ({ body, caller }) =>
    reply(201, await training.importRecords({ ...body, by: caller.actor })),
  ),
  handle(contract.listTrainingModules, async ({ caller }) =>
    reply(200, { items: await training.modules(caller.name) }),
  ),
  handle(contract.takeQuiz, async ({ params: { id }, body: { answers }, caller }) =>
    reply(201, await training.takeQuiz({ id, answers, by: caller })),
  ),
  handle(contract.getTrainingPolicy, async () => reply(200, await training.policy())),
  handle(contract.putTrainingPolicy, async ({ body, caller }) =>
    reply(200, await training.setPolicy(body, caller.actor)),
  ),
  handle(contract.getTrainingCompletion, async () => reply(200, { groups: await training.completion() })),
  handle(contract.getApplicationTraining, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    return reply(200, await training.applicationTraining(name))
  }),
  handle(contract.putLearners, async ({ params: { name }, body, caller }) => {
    demandApplication(caller, name)
    return reply(200, await training.setLearners({ ...body, application: name, by: caller.actor }))
  }),
]
