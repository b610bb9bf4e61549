/**
 * A stub: what a tool answers in place of a system that is not connected yet, so that a proof of concept is measured
 * with its integration. It is part of the release, by digest, and changes nothing, so it may be called anywhere.
 */
import { z } from 'zod'
import type { Problem } from '../kernel/failure.ts'
import { checkOf } from './tool-check.ts'
import type { ToolSchema } from './tool-schema.ts'

const Value = z.union([z.string(), z.number(), z.boolean(), z.null()])

const StubAnswer = z.strictObject({
  /** Arguments that the call has; an answer without it fits every call. */
  when: z.record(z.string(), Value).optional(),
  /** What the model reads: a text, or anything else as JSON. */
  result: z.unknown().optional(),
  /** True where the system would not be there. */
  fails: z.boolean().default(false),
})

export const ToolStub = z.strictObject({
  kind: z.literal('stub'),
  /** The first that fits is given. */
  answers: z.array(StubAnswer).min(1).max(1000),
})
export type ToolStub = z.infer<typeof ToolStub>

export type StubAnswered = { readonly kind: 'result'; readonly text: string } | { readonly kind: 'fails' | 'none' }

/** What a stub says to these arguments, JSON that fits its tool. Pure. */
export function answerOfStub({ answers }: ToolStub, args: string): StubAnswered {
  const given: unknown = JSON.parse(args === '' ? '{}' : args)
  const found = answers.find(({ when = {} }) =>
    Object.entries(when).every(([name, value]) => (given as Readonly<Record<string, unknown>>)[name] === value),
  )
  if (!found) return { kind: 'none' }
  return found.fails ? { kind: 'fails' } : { kind: 'result', text: textOf(found.result) }
}

/** What is wrong with its answers: neither a result nor a failure, or a result that the tool says it never gives. */
export function stubProblems({ answers }: ToolStub, returns: ToolSchema | undefined): (Problem & { at: number })[] {
  return answers.flatMap(({ result, fails }, at) => {
    if (fails) return []
    if (result === undefined)
      return [{ at, field: 'result', message: 'is missing; say what it answers, or `fails: true`' }]
    return returns
      ? checkOf(returns)(result)
          .slice(0, 1)
          .map(({ field, ...problem }) => ({ at, ...problem, field: ['result', field].filter(Boolean).join('.') }))
      : []
  })
}

const textOf = (result: unknown): string => (typeof result === 'string' ? result : JSON.stringify(result))
