/** HTTP of ideas and of the guided flow. A key that is bound to an application has no business here. */
import { type Caller, demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import {
  beginApplication,
  createIdea,
  getGuide,
  getIdea,
  getIdeaLineage,
  listIdeaSuggestions,
  listIdeas,
  takeIdeaSuggestion,
  updateIdea,
} from './contract.ts'
import type { Ideas } from './ideas.ts'

/** No application has this name, so that only callers who may see all of them pass. */
const EVERY_APPLICATION = '*'
const demandAll = (caller: Caller) => demandApplication(caller, EVERY_APPLICATION)

export const ideasHttp = (ideas: Ideas): Mounted[] => [
  handle(getGuide, async () => reply(200, ideas.guide)),
  handle(createIdea, async ({ body, caller }) => {
    demandAll(caller)
    return reply(201, await ideas.create({ ...body, by: caller }))
  }),
  handle(listIdeas, async ({ query, caller }) => {
    demandAll(caller)
    return reply(200, { weights: query, items: await ideas.list(query) })
  }),
  handle(getIdea, async ({ params: { id }, caller }) => {
    demandAll(caller)
    return reply(200, await ideas.get(id))
  }),
  handle(updateIdea, async ({ params: { id }, body, caller }) => {
    demandAll(caller)
    return reply(200, await ideas.update({ id, ...body, by: caller }))
  }),
  handle(listIdeaSuggestions, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    return reply(200, { items: await ideas.suggestions(name) })
  }),
  handle(takeIdeaSuggestion, async ({ params: { name, key }, body, caller }) => {
    demandAll(caller)
    return reply(201, await ideas.take({ application: name, key, ...body, by: caller }))
  }),
  handle(getIdeaLineage, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    return reply(200, await ideas.lineage(name))
  }),
  handle(beginApplication, async ({ params: { id }, body, caller }) => {
    demandAll(caller)
    return reply(201, await ideas.begin({ id, ...body, by: caller }))
  }),
]
