/** The calls of tools in an explanation, from the spans that they left. Pure. */
import { TOOL_ATTRIBUTES, TOOL_STEP, ToolEffect, ToolOutcome, type ToolPart, toolInWords } from '../../core/tool.ts'
import type { Explanation } from './contract.ts'

type Span = {
  readonly attributes: Readonly<Record<string, unknown>>
  readonly status: { readonly code: string; readonly message?: string | undefined }
}
type Called = Explanation['tools'][number]

export const toolsCalled = (spans: readonly Span[]): Called[] =>
  spans.flatMap(({ attributes, status }) => {
    const outcome = ToolOutcome.safeParse(attributes[TOOL_ATTRIBUTES.outcome]).data
    if (attributes['airworthy.step.kind'] !== TOOL_STEP || outcome === undefined) return []
    const by = attributes[TOOL_ATTRIBUTES.by]
    const one = {
      name: String(attributes['gen_ai.tool.name']),
      outcome,
      effect: ToolEffect.safeParse(attributes[TOOL_ATTRIBUTES.effect]).data ?? null,
      by: by === 'client' || by === 'http' || by === 'stub' ? by : null,
      arguments: textOf(attributes['gen_ai.tool.call.arguments']),
      result: textOf(attributes['gen_ai.tool.call.result']),
      error: status.code === 'error' ? (status.message ?? 'It failed.') : null,
    } as const
    return [{ ...one, words: wordsOf(one) }]
  })

/** Sentences on all of them; a release with tools that called none says so too. */
export function toolWords(called: readonly Called[], parts: readonly ToolPart[] = []): string[] {
  if (called.length > 0) return called.map(({ words }) => words)
  if (parts.length === 0) return ['No tool is part of this release.']
  return [`It has ${parts.map(toolInWords).join('; ')}, and called none for this answer.`]
}

function wordsOf({ name, outcome, effect, by, error }: Omit<Called, 'words'>): string {
  const tool = `the tool ${name}${effect === null ? '' : `, which ${effect}s`}`
  switch (outcome) {
    case 'answered':
      if (by === 'stub') return `It called a stub of ${tool}.`
      return by === 'client' ? `It was given a result of ${tool}, by whoever asked.` : `It called ${tool}.`
    case 'failed':
      return `It called ${tool}, and that failed: ${error}.`
    case 'refused':
      return `It wanted ${tool}, and the call was not made: ${error}.`
    case 'handed-out':
      return `It asked whoever asked to call ${tool}.`
    case 'held':
      return `It wanted ${tool}, and the call waits for an overseer, who lets it be made or not.`
    case 'withheld':
      return `It wanted ${tool}, and the call was withheld, because nothing may be changed in a rehearsal.`
  }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
