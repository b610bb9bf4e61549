/**
 * JSON Schema of a tool's arguments, in the part that every dialect of a model takes, and in which nothing can take for
 * ever to check. Another keyword is refused: not every model would hold it.
 */
import { z } from 'zod'
import { verdictOnPattern } from './safe-pattern.ts'

const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'] as const
type Type = (typeof TYPES)[number]

export type ToolSchema = {
  readonly type?: Type | readonly Type[] | undefined
  readonly title?: string | undefined
  readonly description?: string | undefined
  readonly properties?: Readonly<Record<string, ToolSchema>> | undefined
  readonly required?: readonly string[] | undefined
  readonly additionalProperties?: boolean | undefined
  readonly items?: ToolSchema | undefined
  readonly enum?: readonly (string | number | boolean | null)[] | undefined
  readonly minimum?: number | undefined
  readonly maximum?: number | undefined
  readonly minLength?: number | undefined
  readonly maxLength?: number | undefined
  readonly minItems?: number | undefined
  readonly maxItems?: number | undefined
  /** One that cannot explode, as `safe-pattern.ts` says. */
  readonly pattern?: string | undefined
}

const count = z.number().int().min(0)

export const ToolSchema: z.ZodType<ToolSchema> = z.lazy(() =>
  z.strictObject({
    type: z.union([z.enum(TYPES), z.array(z.enum(TYPES)).min(1)]).optional(),
    title: z.string().optional(),
    description: z.string().optional(),
    properties: z.record(z.string(), ToolSchema).optional(),
    required: z.array(z.string()).optional(),
    additionalProperties: z.boolean().optional(),
    items: ToolSchema.optional(),
    enum: z
      .array(z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .min(1)
      .optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    minLength: count.optional(),
    maxLength: count.optional(),
    minItems: count.optional(),
    maxItems: count.optional(),
    pattern: z
      .string()
      .superRefine((pattern, context) => {
        const verdict = verdictOnPattern(pattern)
        if (verdict.kind === 'refused') context.addIssue({ code: 'custom', message: verdict.why })
      })
      .optional(),
  }),
)

/** Arguments are an object, and what it asks for is among what it names. */
export const ArgumentsSchema = ToolSchema.superRefine(({ type, required = [], properties = {} }, context) => {
  if (type !== 'object') context.addIssue({ code: 'custom', path: ['type'], message: 'arguments are of type object' })
  for (const name of required)
    if (!Object.hasOwn(properties, name))
      context.addIssue({ code: 'custom', path: ['required'], message: `${name} is required and is no property` })
})
