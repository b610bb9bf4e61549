/** The routes of prompt patterns, bound to their verbs. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { copyPromptPattern, listPromptPatterns } from './contract.ts'
import type { Patterns } from './patterns.ts'

export const patternsHttp = (patterns: Patterns): Mounted[] => [
  handle(listPromptPatterns, async () => reply(200, { items: patterns.list() })),
  handle(copyPromptPattern, async ({ params, body, caller }) => {
    demandApplication(caller, body.application)
    const made = await patterns.use({ pattern: params.pattern, ...body }, caller)
    return body.dryRun ? reply(200, made) : reply(201, made)
  }),
]
