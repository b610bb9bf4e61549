/** One way of asking a model, measured over some questions. */
import { isCapReached } from '../../core/cap-reached.ts'
import type { Turn } from '../../core/conversation.ts'
import { messageOf } from '../../kernel/failure.ts'
import { type MicroUsd, microUsd, picoOf, sumKnown } from '../../kernel/money.ts'
import { quantile, quantileRadiusOneLook } from '../../kernel/statistics/index.ts'
import { monotonicMs } from '../../kernel/time.ts'
import type { Completion, CompletionDelta, CompletionRequest } from '../completion.ts'
import type { ModeFigures, TimingMode } from './contract.ts'

export type AskModel = {
  complete(request: CompletionRequest): Promise<Completion>
  stream(request: CompletionRequest): AsyncIterable<CompletionDelta>
}
export type Asked = { readonly model: string; readonly parameters: Readonly<Record<string, unknown>> }
export type OneAnswer =
  | { readonly completion: Completion; readonly latencyMs: number | null; readonly firstTokenMs: number | null }
  | { readonly problem: string }

const LEVEL = 0.95

/** Asks each question, so many at a time. */
export async function measured(
  mode: Exclude<TimingMode, 'batch'>,
  questions: readonly (readonly Turn[])[],
  { models, asked, atATime, signal }: { models: AskModel; asked: Asked; atATime: number; signal: AbortSignal },
): Promise<ModeFigures> {
  const under = mode === 'concurrent' ? atATime : 1
  const answers: OneAnswer[] = []
  const begun = monotonicMs()
  let next = 0
  const work = async () => {
    for (let turns = questions[next++]; turns; turns = questions[next++]) {
      signal.throwIfAborted()
      const request = { ...asked, messages: turns, conversation: turns, signal }
      answers.push(await one(request, { models, isStreaming: mode === 'stream' }))
    }
  }
  await Promise.all(Array.from({ length: under }, work))
  return figuresOf(answers, { mode, atATime: under, wallMs: monotonicMs() - begun })
}

async function one(
  request: CompletionRequest,
  { models, isStreaming }: { models: AskModel; isStreaming: boolean },
): Promise<OneAnswer> {
  const begun = monotonicMs()
  try {
    if (!isStreaming) {
      const completion = await models.complete(request)
      return { completion, latencyMs: monotonicMs() - begun, firstTokenMs: null }
    }
    let firstTokenMs: number | null = null
    for await (const delta of models.stream(request)) {
      if (delta.kind === 'end') return { completion: delta.completion, latencyMs: monotonicMs() - begun, firstTokenMs }
      if (delta.text !== '') firstTokenMs ??= monotonicMs() - begun
    }
    return { problem: 'The stream ended without an end.' }
  } catch (thrown) {
    request.signal.throwIfAborted()
    if (isCapReached(thrown)) throw thrown
    return { problem: messageOf(thrown) }
  }
}

export function figuresOf(
  answers: readonly OneAnswer[],
  { mode, atATime, wallMs }: Pick<ModeFigures, 'mode' | 'atATime' | 'wallMs'>,
): ModeFigures {
  const came = answers.flatMap((answer) => ('completion' in answer ? [answer] : []))
  const problem = answers.find((answer) => 'problem' in answer)
  const written = came.reduce((sum, { completion }) => sum + completion.usage.outputTokens, 0)
  const perSecond = came.length > 0 && wallMs > 0 ? 1000 / wallMs : null
  return {
    mode,
    asked: answers.length,
    errors: answers.length - came.length,
    problem: problem && 'problem' in problem ? problem.problem : null,
    atATime,
    wallMs,
    latencyMs: timesOf(came.flatMap(({ latencyMs }) => latencyMs ?? [])),
    firstTokenMs: timesOf(came.flatMap(({ firstTokenMs }) => firstTokenMs ?? [])),
    tokensPerSecond: perSecond === null ? null : written * perSecond,
    answersPerMinute: perSecond === null ? null : came.length * perSecond * 60,
    costMicroUsd: meanCost(came.map(({ completion }) => completion.costMicroUsd)),
  }
}

function timesOf(values: readonly number[]): ModeFigures['latencyMs'] {
  const n = values.length
  if (n === 0) return null
  const radius = quantileRadiusOneLook({ n, alpha: 1 - LEVEL })
  const at = (level: number) => quantile(values, Math.min(1, Math.max(0, level)))
  return {
    ...{ n, median: at(0.5), p95: at(0.95) },
    interval: { low: at(0.5 - radius), high: at(0.5 + radius), method: 'dkw', sides: 2, level: LEVEL },
  }
}

/** Null as soon as one is not known. */
function meanCost(costs: readonly (MicroUsd | null)[]): MicroUsd | null {
  const total = costs.length === 0 ? null : sumKnown(costs)
  return total === null ? null : microUsd(picoOf(total) / BigInt(costs.length))
}
