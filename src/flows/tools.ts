/**
 * The calls that a model wants in one tool round: each held against its tool's schema and the guardrails, then made,
 * handed to whoever asked, or refused with a reason that the model reads.
 *
 * Invariant: nothing is called with arguments that do not fit; what changes something is called only where the run may
 * write; every call leaves one record.
 */
import type { ToolOutcome, ToolPart } from '../core/tool.ts'
import { checkOf } from '../core/tool-check.ts'
import { Failure } from '../kernel/failure.ts'
import { monotonicMs } from '../kernel/time.ts'
import type { ToolCall, ToolResult } from '../models/index.ts'
import { callStub } from './call-stub.ts'
import { type CallToolDeps, callTool } from './call-tool.ts'
import type { Run } from './run.ts'
import { keepCall, type ToolRecordDeps } from './tool-record.ts'

export type ToolDeps = CallToolDeps & ToolRecordDeps

type Round = {
  readonly calls: readonly ToolCall[]
  readonly tools: readonly ToolPart[]
  readonly run: Run
  /** Id of the step that asks. */
  readonly step: string
}

/** A model that wants more at once has lost its way. */
const MOST_CALLS = 16

/** A call that fits its tool, or why it does not. */
type Checked =
  | { readonly call: ToolCall; readonly part: ToolPart; readonly refused?: undefined }
  | { readonly call: ToolCall; readonly part: ToolPart | undefined; readonly refused: Failure }

/** What the tools gave, one for each call; undefined where the answer has to wait for whoever asked. */
export async function answerCalls(deps: ToolDeps, round: Round): Promise<ToolResult[] | undefined> {
  const { calls, run } = round
  if (calls.length > MOST_CALLS)
    throw new Failure(
      'unavailable',
      'flows.tool-calls',
      `The model wanted ${calls.length} calls of tools at once, and ${MOST_CALLS} are made at most. Ask again.`,
    )
  const checked: Checked[] = []
  for (const call of calls) checked.push(await check(call, round))
  const fits = checked.every(({ refused }) => !refused)
  const waiting = checked.filter((one) => !one.refused && whoWaits(one.part, run) !== undefined)
  if (fits && waiting.length > 0) {
    for (const { call, part } of checked)
      keepCall(deps, round, { call, part, outcome: (part && whoWaits(part, run)) ?? 'withheld' })
    return undefined
  }
  const results: ToolResult[] = []
  for (const one of checked) {
    run.signal.throwIfAborted()
    const { call, part } = one
    const refused = one.refused ?? (waiting.includes(one) ? anotherIsWrong : undefined)
    if (refused) {
      keepCall(deps, round, { call, part, outcome: 'refused', failure: refused })
      results.push(told(call, refused))
    } else if (part) results.push(await made(deps, round, { call, part }))
  }
  return results
}

/** Why the round ends with this call; undefined where it is made here. */
function whoWaits({ tool }: ToolPart, { mayWrite }: Run): ToolOutcome | undefined {
  if (tool.call.kind === 'client') return 'handed-out'
  // What stands in for a system changes nothing, whatever the system would do.
  return tool.effect === 'write' && tool.call.kind === 'http' && !mayWrite ? 'withheld' : undefined
}

async function check(call: ToolCall, { tools, run }: Round): Promise<Checked> {
  const part = tools.find(({ name }) => name === call.name)
  const refuse = (code: string, message: string): Checked => ({
    call: { ...call, arguments: '{}' },
    part,
    refused: new Failure('invalid', code, message),
  })
  if (!part)
    return refuse(
      'flows.tool-unknown',
      `There is no tool ${call.name}. There is ${tools.map(({ name }) => name).join(', ')}.`,
    )
  const wrong = problemIn(part, call.arguments)
  if (wrong !== undefined) return refuse('flows.tool-arguments', wrong)
  const { text, blockedBy } = await run.toolGuards.outward(normal(call.arguments))
  if (blockedBy !== undefined || problemIn(part, text) !== undefined)
    return refuse('flows.tool-guarded', `A guardrail lets ${call.name} not be called with these arguments.`)
  return { call: { ...call, arguments: text }, part }
}

/** The arguments with their escapes undone, so that a guardrail reads what the tool would read. */
const normal = (text: string): string => JSON.stringify(JSON.parse(text === '' ? '{}' : text))

function problemIn({ name, tool }: ToolPart, text: string): string | undefined {
  let value: unknown
  try {
    value = JSON.parse(text === '' ? '{}' : text)
  } catch {
    return `The arguments of ${name} are not JSON.`
  }
  const problems = checkOf(tool.arguments)(value)
  if (problems.length === 0) return undefined
  const said = problems.slice(0, 5).map(({ field, message }) => `${field === '' ? 'the whole' : field} ${message}`)
  return `The arguments of ${name} do not fit: ${said.join('; ')}.`
}

async function made(
  deps: ToolDeps,
  round: Round,
  { call, part }: { call: ToolCall; part: ToolPart },
): Promise<ToolResult> {
  const { run } = round
  const { tool } = part
  const { call: caller } = tool
  if (caller.kind === 'client') throw new Error('What a client calls is handed out.')
  if (tool.hold) return held(deps, round, { call, part })
  const [startedAt, started] = [deps.clock(), monotonicMs()]
  let attempts = 0
  const done = (outcome: ToolOutcome, more: { text?: string; failure?: Failure }) =>
    keepCall(deps, round, { call, part, outcome, startedAt, durationMs: monotonicMs() - started, attempts, ...more })
  try {
    const given =
      caller.kind === 'stub'
        ? callStub(part.name, caller, call.arguments)
        : await callTool(deps, {
            name: part.name,
            tool: { ...tool, call: caller },
            arguments: call.arguments,
            signal: run.signal,
            onAttempt: () => {
              attempts += 1
            },
          })
    const text = await run.toolGuards.inward(withPlanted(given, run))
    done('answered', { text })
    return { callId: call.id, text, isError: false }
  } catch (thrown) {
    const failure = thrown instanceof Failure ? thrown : undefined
    const isOfTool = failure?.code.startsWith('flows.tool-') === true && !run.signal.aborted
    done('failed', { failure: failure ?? new Failure('unavailable', 'flows.cancelled', 'The request was cancelled.') })
    // What is wrong here, such as a key that is missing, is no word for a model.
    if (!failure || !isOfTool) throw thrown
    return told(call, failure)
  }
}

/** The model goes on without it: whether it is made, and when, a person decides. */
async function held(
  deps: ToolDeps,
  round: Round,
  { call, part }: { call: ToolCall; part: ToolPart },
): Promise<ToolResult> {
  try {
    if (!round.run.holdCall) throw nobodyToAsk
    const { id, until } = await round.run.holdCall({ tool: part, arguments: call.arguments })
    const text = JSON.stringify({ held: id, until, note: HELD_NOTE })
    keepCall(deps, round, { call, part, outcome: 'held', text })
    return { callId: call.id, text, isError: false }
  } catch (thrown) {
    round.run.signal.throwIfAborted()
    const failure = thrown instanceof Failure ? thrown : nobodyToAsk
    keepCall(deps, round, { call, part, outcome: 'refused', failure })
    return told(call, failure)
  }
}

const HELD_NOTE =
  'It has not been done. A person decides whether it is done, until then at the latest. Say that, and give the number under held.'

const nobodyToAsk = new Failure(
  'unavailable',
  'flows.tool-not-held',
  'It was not done: a person has to let it happen, and it could not be put before one. Say so.',
)

/** What somebody else wrote into the system behind a tool. */
const withPlanted = (given: string, { planted }: Run): string =>
  planted?.toolResult === undefined ? given : `${given}\n${planted.toolResult}`

const anotherIsWrong = new Failure(
  'invalid',
  'flows.tool-not-called',
  'It was not called, because another call beside it was wrong. Call it again.',
)

const told = ({ id }: ToolCall, { code, message }: Failure): ToolResult => ({
  callId: id,
  text: JSON.stringify({ error: { code, message } }),
  isError: true,
})
