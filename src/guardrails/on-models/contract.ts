/** Guardrails on models that are asked without an application: by their name, or by a route. */
import { z } from 'zod'
import { ActorId } from '../../core/actor.ts'
import { Guardrail, Guardrails } from '../../core/guardrail.ts'
import { Instant } from '../../kernel/time.ts'
import { route } from '../../wire/route.ts'

export const ModelGuardrail = z.strictObject({
  /**
   * What it looks at: `*` for all, a provider (`openai/*`), a model (`openai/gpt-4o-mini`) or a route by its name. What
   * names a provider or a model also holds for each route that may ask it.
   */
  of: z
    .array(
      z
        .string()
        .regex(
          /^(?:\*|[a-z0-9-]{1,63}|[a-z0-9-]{1,63}\/(?:\*|[^\s*]{1,200}))$/,
          'write *, provider/*, provider/model or the name of a route',
        ),
    )
    .min(1)
    .max(50)
    .default(['*']),
  guard: Guardrail,
})
export type ModelGuardrail = z.infer<typeof ModelGuardrail>

export const ModelGuardrailsInput = z
  .strictObject({ guardrails: z.array(ModelGuardrail).max(20) })
  .superRefine(({ guardrails }, context) => {
    if (guardrails.length === 0) return
    for (const { path, message } of Guardrails.safeParse(guardrails.map(({ guard }) => guard)).error?.issues ?? []) {
      const [at = 0, ...rest] = path
      context.addIssue({ code: 'custom', path: ['guardrails', at, 'guard', ...rest], message })
    }
  })
export type ModelGuardrailsInput = z.infer<typeof ModelGuardrailsInput>

export const ModelGuardrails = z.object({
  /** In the order in which they act; none where nothing was said. */
  guardrails: z.array(
    ModelGuardrail.extend({
      /** What it does, as a sentence says it: `takes out e-mail addresses in answers`. */
      words: z.string(),
    }),
  ),
  /** Null until somebody says something. */
  updatedAt: Instant.nullable(),
  updatedBy: ActorId.nullable(),
})
export type ModelGuardrails = z.infer<typeof ModelGuardrails>

export const getModelGuardrails = route({
  name: 'getModelGuardrails',
  method: 'GET',
  path: '/api/v1/model-guardrails',
  summary: 'Guardrails on models that are asked directly or by a route',
  permission: 'view',
  mcp: true,
  returns: { 200: ModelGuardrails },
})

export const putModelGuardrails = route({
  name: 'putModelGuardrails',
  method: 'PUT',
  path: '/api/v1/model-guardrails',
  summary: 'Replace all guardrails on models that are asked directly or by a route; in force from the next request on',
  permission: 'administer',
  example: {
    guardrails: [
      { of: ['*'], guard: { id: 'keys', detector: 'secrets', on: 'input', mode: 'block' } },
      { of: ['openai/*'], guard: { id: 'mail', detector: 'email', on: 'output', mode: 'redact' } },
    ],
  },
  body: ModelGuardrailsInput,
  returns: { 200: ModelGuardrails },
})
