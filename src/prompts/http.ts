/** The routes of prompts, bound to their verbs. */
import { demandApplication } from '../wire/caller.ts'
import { handle, type Mounted } from '../wire/handle.ts'
import { reply } from '../wire/route.ts'
import {
  comparePromptVersions,
  lintPrompts,
  listPrompts,
  listPromptUses,
  listPromptVersions,
  movePromptLabel,
  renderPrompt,
} from './contract.ts'
import type { Registry } from './registry.ts'

export const promptsHttp = (registry: Registry): Mounted[] => [
  handle(listPrompts, async ({ params, caller }) => {
    demandApplication(caller, params.name)
    return reply(200, { items: await registry.list(params.name), next: null })
  }),
  handle(listPromptVersions, async ({ params: { name, prompt }, caller }) => {
    demandApplication(caller, name)
    return reply(200, { items: await registry.versions({ application: name, prompt }), next: null })
  }),
  handle(listPromptUses, async ({ params: { name, prompt }, caller }) => {
    demandApplication(caller, name)
    return reply(200, { items: await registry.uses({ application: name, prompt }) })
  }),
  handle(comparePromptVersions, async ({ params: { name, prompt }, body, caller }) => {
    demandApplication(caller, name)
    return reply(200, await registry.compare({ application: name, prompt }, body))
  }),
  handle(movePromptLabel, async ({ params: { name, prompt, stage }, body, caller }) => {
    demandApplication(caller, name)
    return reply(200, await registry.demandLabel({ application: name, prompt }, { stage, ...body }))
  }),
  handle(renderPrompt, async ({ params: { name }, body, caller }) => {
    demandApplication(caller, name)
    return reply(200, await registry.renderText({ application: name, ...body }))
  }),
  handle(lintPrompts, async ({ params: { name }, body, caller }) => {
    demandApplication(caller, name)
    return reply(200, await registry.lint(name, body.files))
  }),
]
