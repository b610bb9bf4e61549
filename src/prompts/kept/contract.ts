/** One route: a session of the playground becomes an application. */
import { z } from 'zod'
import { Turn } from '../../core/conversation.ts'
import { Name } from '../../core/names.ts'
import { ReleaseId } from '../../core/release.ts'
import { route } from '../../wire/route.ts'

export const KeptCase = z.strictObject({
  /** Ends with a turn of the user. */
  turns: z.array(Turn).min(1).max(200),
  /** The right answer, where somebody says that it is right. */
  expected: z.string().min(1).optional(),
})
export type KeptCase = z.infer<typeof KeptCase>

export const KeptFrom = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('release'), release: ReleaseId }),
  z.strictObject({
    kind: z.literal('model'),
    model: z.string().regex(/^[a-z0-9-]+\/.+$/, 'a model is provider/model'),
    parameters: z.record(z.string(), z.unknown()).default({}),
    /** What the model is told before the conversation. */
    system: z.string().max(200_000).default(''),
  }),
])
export type KeptFrom = z.infer<typeof KeptFrom>

export const keepAsApplication = route({
  name: 'keepAsApplication',
  method: 'POST',
  path: '/api/v1/playground/applications',
  summary: 'Keep a session as an application: its prompt, model and parameters, and its questions as cases',
  permission: 'build',
  example: {
    name: 'kept',
    from: { kind: 'model', model: 'scripted/echo', system: 'Answer in one sentence.' },
    cases: [{ turns: [{ role: 'user', content: 'Where is my order?' }], expected: 'On its way.' }],
  },
  mcp: true,
  body: z.strictObject({ name: Name, from: KeptFrom, cases: z.array(KeptCase).min(1).max(1000) }),
  returns: {
    201: z.object({
      name: Name,
      files: z.array(z.string()),
      cases: z.number().int(),
      /** What could not be taken along, in sentences. */
      notes: z.array(z.string()),
    }),
  },
})
