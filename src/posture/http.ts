/** The one route of the posture, bound to its verb. */
import { Failure } from '../kernel/failure.ts'
import { handle, type Mounted } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import { getPosture } from './contract.ts'
import type { PostureFacts } from './facts.ts'
import { judgePosture } from './judge.ts'

export const postureHttp = (look: () => Promise<PostureFacts>): Mounted[] => [
  handle(getPosture, async ({ caller }) => {
    if (caller.application !== null)
      throw new Failure('forbidden', 'posture.whole', 'A key of one application does not see the whole installation.')
    return reply(200, judgePosture(await look()))
  }),
]
