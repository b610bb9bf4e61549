/** HTTP of training. */
import { handle, type Mounted } from '../../wire/handle.ts'
import { page, reply } from '../../wire/route.ts'
import { importTrainingRecords, listTrainingRecords } from './contract.ts'
import type { Training } from './training.ts'

export const trainingHttp = (training: Training): Mounted[] => [
  handle(listTrainingRecords, async ({ query: { person, cursor, limit } }) =>
    reply(
      200,
      page(await training.listRecords({ person, after: cursor, limit: limit + 1 }), limit, ({ id }) => id),
    ),
  ),
  handle(importTrainingRecords, async ({ body, caller }) =>
    reply(201, await training.importRecords({ ...body, by: caller.actor })),
  ),
]
