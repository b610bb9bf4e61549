/** The routes of prompts, bound to their verbs. */
import { demandApplication } from '../wire/caller.ts'
import { handle, type Mounted } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import { listPrompts, listPromptVersions } from './contract.ts'
import type { Prompts } from './prompts.ts'

export const promptsHttp = (prompts: Prompts): Mounted[] => [
  handle(listPrompts, async ({ params, caller }) => {
    demandApplication(caller, params.name)
    return reply(200, { items: await prompts.list(params.name), next: null })
  }),
  handle(listPromptVersions, async ({ params, caller }) => {
    demandApplication(caller, params.name)
    return reply(200, { items: await prompts.versions(params.name, params.prompt), next: null })
  }),
]
