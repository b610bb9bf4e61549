/** Routes of guardrails on models, bound to their verbs. */
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { getModelGuardrails, putModelGuardrails } from './contract.ts'
import type { ModelGuardrailsInForce } from './model-guardrails.ts'

export const modelGuardrailsHttp = (guardrails: ModelGuardrailsInForce): Mounted[] => [
  handle(getModelGuardrails, async () => reply(200, guardrails.get())),
  handle(putModelGuardrails, async ({ body, caller }) => reply(200, await guardrails.put(body, caller.actor))),
]
