/**
 * A judge: a model with parameters, a prompt, a rubric and a parser, known together by one digest.
 *
 * Invariants: what is judged stands in the question as quoted data and never as an instruction; an answer that is not
 * what was asked for is an error of that row, never a score.
 */
import { z } from 'zod'
import type { Turn } from '../../core/conversation.ts'
import { type Digest, digestOf } from '../../kernel/digest.ts'
import type { MicroUsd } from '../../kernel/money.ts'
import type { Judge } from '../judge-part.ts'

/** Which model judges; a dated snapshot, because an alias may change under the calibration. */
export const JudgeModel = z.strictObject({
  /** `provider/model`. */
  model: z.string().regex(/^[^/]+\/.+/, 'is not of the form provider/model'),
  parameters: z.record(z.string(), z.unknown()).default({ temperature: 0 }),
})
export type JudgeModel = z.infer<typeof JudgeModel>

/** Asks a model once. Throws when it cannot be asked. */
export type AskJudge = (ask: {
  model: string
  parameters: Readonly<Record<string, unknown>>
  messages: readonly Turn[]
  signal: AbortSignal
}) => Promise<{ text: string; costMicroUsd: MicroUsd | null }>

/** A judge from its pieces, with the digest that evidence and calibration are bound to. */
export function judgeFrom(given: Omit<Judge, 'digest' | 'parser'> & { parser?: string }): Judge {
  const judge = { parser: 'json', ...given }
  return { ...judge, digest: judgeDigest(judge) }
}

export const judgeDigest = (judge: Omit<Judge, 'digest'>): Digest => {
  const { evaluator, version, model, parameters, prompt, rubric, parser } = judge
  return digestOf({ evaluator, version, model, parameters, prompt, rubric, parser })
}

/** The first JSON value in the text that fits, with or without a fence and words around it. */
export function readAnswer<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  who = 'The judge',
): z.output<Schema> {
  for (const candidate of candidates(text)) {
    const value = parsedJson(candidate)
    if (value === undefined) continue
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
  }
  throw new Error(
    `${who} did not answer as asked. It said: ${text.trim() === '' ? '(nothing)' : text.trim().slice(0, 200)}`,
  )
}

const candidates = (text: string): string[] => {
  const fence = /```\w*\n([\s\S]*?)```/.exec(text)?.[1]
  const from = text.indexOf('{')
  const to = text.lastIndexOf('}')
  return [text, ...(fence ? [fence] : []), ...(from >= 0 && to > from ? [text.slice(from, to + 1)] : [])]
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
