/**
 * Guardrails of a release: what is looked for in what people ask and in what is answered, and what is done about it.
 * They are parts of the release, by digest, so that nobody can say afterwards that another one stood there.
 */
import { z } from 'zod'
import { Digest } from '../kernel/digest.ts'
import { verdictOnPattern } from './safe-pattern.ts'

export const GuardSide = z.enum(['input', 'output'])
export type GuardSide = z.infer<typeof GuardSide>

/** observe: it is counted · redact: it is replaced by its name · block: nothing after it is said. */
export const GuardMode = z.enum(['observe', 'redact', 'block'])
export type GuardMode = z.infer<typeof GuardMode>

const own = {
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'an id has up to 40 lower-case letters, digits and hyphens'),
  on: GuardSide,
  mode: GuardMode,
  /** What is said in place of an answer; for `block` alone. */
  message: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .regex(/^[^\p{Cc}]+$/u, 'a message is one line')
    .optional(),
}

/** Detectors that need no more than their name. */
const NAMED = ['email', 'phone', 'card', 'secrets'] as const
export const DETECTORS = [...NAMED, 'terms', 'pattern', 'length'] as const

export const Guardrail = z.discriminatedUnion(
  'detector',
  [
    z.strictObject({ ...own, detector: z.enum(NAMED) }),
    z.strictObject({
      ...own,
      detector: z.literal('terms'),
      /** Whole words and phrases, in any case. */
      terms: z.array(z.string().trim().min(2).max(100)).min(1).max(200),
    }),
    z.strictObject({
      ...own,
      detector: z.literal('pattern'),
      /** A regular expression that cannot explode, as `safe-pattern.ts` says. */
      pattern: z.string().min(1),
      /** Whether capital and small letters are alike. */
      anyCase: z.boolean().default(false),
      /** A text that it must find; tried when the blueprint is read, and sent by the probe. */
      example: z.string().min(1).max(500),
    }),
    z.strictObject({
      ...own,
      detector: z.literal('length'),
      /** The most characters that the newest question, or the answer, may have. */
      most: z.number().int().min(1).max(1_000_000),
      mode: z.enum(['observe', 'block']),
    }),
  ],
  { error: ({ code }) => (code === 'invalid_union' ? `a detector is one of ${DETECTORS.join(', ')}` : undefined) },
)
export type Guardrail = z.infer<typeof Guardrail>

export const Guardrails = z
  .array(Guardrail)
  .min(1)
  .max(20)
  .superRefine((guards, context) => {
    for (const [at, guard] of guards.entries()) {
      const refuse = (field: string, message: string) =>
        context.addIssue({ code: 'custom', path: [at, field], message })
      if (guards.findIndex(({ id }) => id === guard.id) !== at) refuse('id', `two guardrails have the id ${guard.id}`)
      if (guard.message !== undefined && guard.mode !== 'block')
        refuse('message', 'only a guardrail that blocks says something')
      if (guard.detector !== 'pattern') continue
      const verdict = verdictOnPattern(guard.pattern)
      if (verdict.kind === 'refused') refuse('pattern', verdict.why)
      else if (!expressionOf(guard).test(guard.example)) refuse('example', 'the pattern does not find its own example')
    }
  })

/** The expression of a pattern that was found safe. */
export const expressionOf = ({ pattern, anyCase }: { pattern: string; anyCase: boolean }, more = ''): RegExp =>
  new RegExp(pattern, `${anyCase ? 'i' : ''}u${more}`)

/** A guardrail as it is frozen: all that was said of it, under a digest of its own. */
export const GuardrailPart = z.object({ name: z.string(), digest: Digest, guard: Guardrail })
export type GuardrailPart = z.infer<typeof GuardrailPart>

export const GuardWord = z.enum(['passed', 'observed', 'redacted', 'blocked'])
export type GuardWord = z.infer<typeof GuardWord>

/** What one guardrail said of one request; never what it found. */
export const GuardVerdict = z.object({
  id: z.string(),
  on: GuardSide,
  verdict: GuardWord,
  /** How often it found something. */
  count: z.number().int(),
})
export type GuardVerdict = z.infer<typeof GuardVerdict>

/** The kind of the step that a verdict is recorded in. */
export const GUARD_STEP = 'guardrail' as const
/** Attributes of that step that have no standard name. */
export const GUARD_ATTRIBUTES = { verdict: 'airworthy.guardrail.verdict', count: 'airworthy.guardrail.count' } as const

type Recorded = { readonly kind: string; readonly id: string; readonly attributes: Readonly<Record<string, unknown>> }

/** The verdicts among the steps of a request. */
export const verdictsIn = (steps: readonly Recorded[]): GuardVerdict[] =>
  steps.flatMap(({ kind, id, attributes }) => {
    if (kind !== GUARD_STEP) return []
    const [verdict, count] = [attributes[GUARD_ATTRIBUTES.verdict], attributes[GUARD_ATTRIBUTES.count]]
    const on = isOutward(attributes) ? 'output' : 'input'
    return GuardVerdict.safeParse({ id, on, verdict, count }).data ?? []
  })

/** What goes out is an answer, or the arguments of a tool. */
const isOutward = (attributes: Recorded['attributes']): boolean =>
  ['llm_output', 'tool_call'].includes(String(attributes['gen_ai.security.target.type']))

/** `Redacts email in questions.` */
export function guardInWords(guard: Guardrail): string {
  const where = guard.on === 'input' ? 'questions' : 'answers'
  const does = { observe: 'counts', redact: 'takes out', block: 'blocks' }[guard.mode]
  return `${does} ${whatOf(guard)} in ${where}`
}

function whatOf(guard: Guardrail): string {
  switch (guard.detector) {
    case 'email':
      return 'e-mail addresses'
    case 'phone':
      return 'telephone numbers'
    case 'card':
      return 'card numbers'
    case 'secrets':
      return 'passwords and keys'
    case 'terms':
      return guard.terms.length === 1 ? `“${guard.terms[0]}”` : `${guard.terms.length} words and phrases`
    case 'pattern':
      return `what looks like “${guard.example}”`
    case 'length':
      return `more than ${guard.most} characters`
  }
}
