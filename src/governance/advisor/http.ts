/** HTTP of the assessment and the advisor. */
import { demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import type { Advisor } from './advisor.ts'
import { askAdvice, getAdvice, getAssessmentQuestions, tryAdvice } from './contract.ts'

export const advisorHttp = (advisor: Advisor): Mounted[] => [
  handle(getAssessmentQuestions, async () => reply(200, advisor.questions)),
  handle(askAdvice, async ({ body }) => reply(200, await advisor.ask(body))),
  handle(getAdvice, async ({ params: { name }, caller }) => {
    demandApplication(caller, name)
    return reply(200, await advisor.of(name))
  }),
  handle(tryAdvice, async ({ params: { name, rule }, body, caller }) => {
    demandApplication(caller, name)
    return reply(201, await advisor.tryOut({ name, rule, ...body, by: caller }))
  }),
]
