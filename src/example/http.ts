import { handle } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import { getExample, resetExample } from './contract.ts'
import type { Example } from './example.ts'

export const exampleHttp = (example: Example) => [
  handle(getExample, async () => reply(200, await example.status())),
  handle(resetExample, async () => reply(202, await example.reset())),
]
