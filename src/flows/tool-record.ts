/** The record of one call of a tool: a step of its own, which becomes a span `execute_tool`. */
import { z } from 'zod'
import { cut } from '../core/asked.ts'
import { TOOL_ATTRIBUTES, TOOL_STEP, type ToolOutcome, type ToolPart } from '../core/tool.ts'
import type { Failure } from '../kernel/failure.ts'
import type { Clock, Instant } from '../kernel/time.ts'
import type { ToolCall } from '../models/index.ts'
import type { Attributes } from './attributes.ts'
import type { Run } from './run.ts'

export type ToolRecordDeps = { readonly clock: Clock }

/** What a trace keeps of arguments and of a result. */
const SHOWN_CHARACTERS = 16 * 1024

type Kept = {
  readonly call: ToolCall
  readonly part: ToolPart | undefined
  readonly outcome: ToolOutcome
  readonly startedAt?: Instant
  readonly durationMs?: number
  readonly attempts?: number
  readonly text?: string
  readonly failure?: Failure
}

/** Under OpenTelemetry's names for a tool that is executed, with ours for what it has none for. */
export function keepCall({ clock }: ToolRecordDeps, { run, step }: { run: Run; step: string }, kept: Kept): void {
  const { call, part, outcome, startedAt = clock(), durationMs = 0, attempts, text, failure } = kept
  run.toolCalls ??= []
  const id = `${step}-tool-${run.toolCalls.length + 1}`
  run.toolCalls.push({ id: call.id, name: call.name, arguments: argumentsOf(call.arguments), outcome })
  const attributes: Attributes = {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': call.name,
    'gen_ai.tool.type': 'function',
    'gen_ai.tool.call.id': call.id,
    [TOOL_ATTRIBUTES.outcome]: outcome,
    ...(part && {
      [TOOL_ATTRIBUTES.digest]: part.digest,
      [TOOL_ATTRIBUTES.effect]: part.tool.effect,
      [TOOL_ATTRIBUTES.by]: part.tool.call.kind,
      ...(part.tool.call.kind === 'http' && { 'server.address': new URL(part.tool.call.url).host }),
    }),
    ...(attempts !== undefined && { [TOOL_ATTRIBUTES.attempts]: attempts }),
    ...(run.content !== 'none' && {
      'gen_ai.tool.call.arguments': cut(call.arguments, SHOWN_CHARACTERS),
      ...(text !== undefined && { 'gen_ai.tool.call.result': cut(text, SHOWN_CHARACTERS) }),
    }),
    ...(failure && { 'error.type': failure.code }),
  }
  run.keep({
    id,
    name: `execute_tool ${call.name}`,
    kind: TOOL_STEP,
    startedAt,
    durationMs,
    attributes,
    error: failure ? { code: failure.code, message: failure.message } : null,
  })
}

/** Nothing where they are no object: then they were refused. */
function argumentsOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return z.record(z.string(), z.unknown()).safeParse(value).data ?? {}
  } catch {
    return {}
  }
}
