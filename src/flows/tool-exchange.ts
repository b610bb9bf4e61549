/**
 * What a caller sends of the calls that it was handed.
 *
 * Invariant: each result belongs to a call before it and each call to a tool that the step hands out; what comes from
 * outside has passed the guardrails of questions.
 */
import type { ToolPart } from '../core/tool.ts'
import { Failure } from '../kernel/failure.ts'
import type { ExchangeTurn, SaidPart, ToolCall, ToolResult } from '../models/index.ts'
import type { Run } from './run.ts'
import { keepCall, type ToolRecordDeps } from './tool-record.ts'

/** Checked, and as a model may read it; nothing where the step hands no tool out. */
export async function takeExchange(
  deps: ToolRecordDeps,
  { tools, run, step }: { tools: readonly ToolPart[]; run: Run; step: string },
): Promise<ExchangeTurn[]> {
  const handedOut = tools.filter(({ tool }) => tool.call.kind === 'client')
  if (handedOut.length === 0) return []
  const turns: ExchangeTurn[] = []
  let open = new Map<string, ToolCall>()
  for (const turn of run.exchange) {
    if (turn.kind === 'said') {
      if (open.size > 0) throw unanswered([...open.values()])
      const parts = await guardedParts(turn.parts, run)
      const calls = parts.flatMap((part) => (part.kind === 'tool-call' ? [part] : []))
      const unknown = calls.find(({ name }) => !handedOut.some((part) => part.name === name))
      if (unknown) throw notOurs(unknown.name)
      open = new Map(calls.map((call) => [call.id, call]))
      turns.push({ kind: 'said', parts })
      continue
    }
    const results: ToolResult[] = []
    for (const result of turn.results) {
      const call = open.get(result.callId)
      if (!call) throw notOurs(result.callId)
      open.delete(result.callId)
      const text = await run.toolGuards.inward(result.text)
      const part = handedOut.find(({ name }) => name === call.name)
      keepCall(deps, { run, step }, { call, part, outcome: 'answered', text })
      results.push({ ...result, text })
    }
    turns.push({ kind: 'results', results })
  }
  if (open.size > 0) throw unanswered([...open.values()])
  if (JSON.stringify(turns) !== JSON.stringify(run.exchange)) run.onGuarded()
  return turns
}

/** What a client says that the model said is looked at like anything else that a client says. */
async function guardedParts(parts: readonly SaidPart[], { toolGuards }: Run): Promise<SaidPart[]> {
  const guarded: SaidPart[] = []
  for (const part of parts) {
    if (part.kind === 'text') guarded.push({ ...part, text: await toolGuards.inward(part.text) })
    if (part.kind === 'tool-call') guarded.push({ ...part, arguments: await toolGuards.inward(part.arguments) })
    // A thought with something taken out proves no more that it is its model's own.
    if (part.kind === 'reasoning' && (await toolGuards.inward(part.text)) === part.text) guarded.push(part)
  }
  return guarded
}

const notOurs = (name: string): Failure =>
  new Failure(
    'invalid',
    'flows.tool-result-unknown',
    `${name} is no call that this application handed out. Send results behind the calls that they answer.`,
  )
const unanswered = (calls: readonly ToolCall[]): Failure =>
  new Failure(
    'invalid',
    'flows.tool-result-missing',
    `Of the calls that this application handed out, ${calls.map(({ name }) => name).join(', ')} has no result. Send one for each.`,
  )
