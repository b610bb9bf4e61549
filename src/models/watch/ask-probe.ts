/** Asks a model the questions of a probe set, one after the other, as streams, so that the first piece of text is timed. */
import type { Turn } from '../../core/conversation.ts'
import { type MicroUsd, sumKnown } from '../../kernel/money.ts'
import { monotonicMs } from '../../kernel/time.ts'
import type { Completion, CompletionDelta, CompletionRequest } from '../completion.ts'
import { answerDigest, type Observed, type ProbeAnswer } from './judge-probe.ts'
import type { ProbeSet } from './probe-set.ts'

const ONE_ANSWER_MS = 60_000

export type Probed = Observed & { readonly costMicroUsd: MicroUsd | null }

/** Throws what the provider's refusal or failure throws. */
export async function askProbe(
  stream: (request: CompletionRequest) => AsyncIterable<CompletionDelta>,
  { model, set, signal }: { model: string; set: ProbeSet; signal: AbortSignal },
): Promise<Probed> {
  const answers: ProbeAnswer[] = []
  const ends: Completion[] = []
  for (let repeat = 1; repeat <= set.repeats; repeat++)
    for (const { id, text } of set.prompts) {
      const turns: Turn[] = [{ role: 'user', content: text }]
      const request = {
        model,
        messages: turns,
        conversation: turns,
        parameters: set.parameters,
        signal: AbortSignal.any([signal, AbortSignal.timeout(ONE_ANSWER_MS)]),
      }
      const { completion, firstTokenMs, latencyMs } = await timed(stream(request))
      ends.push(completion)
      const said = completion.text.toWellFormed().replaceAll('\0', '\uFFFD')
      answers.push({
        prompt: id,
        repeat,
        text: said,
        digest: answerDigest(said),
        firstTokenMs,
        latencyMs,
        outputTokens: completion.usage.outputTokens,
      })
    }
  return {
    answers,
    responseModels: distinct(ends.flatMap(({ responseModel }) => responseModel ?? [])),
    fingerprints: distinct(ends.flatMap(({ fingerprint }) => fingerprint ?? [])),
    costMicroUsd: sumKnown(ends.map(({ costMicroUsd }) => costMicroUsd)),
  }
}

async function timed(deltas: AsyncIterable<CompletionDelta>) {
  const begin = monotonicMs()
  let firstTokenMs: number | null = null
  let completion: Completion | undefined
  for await (const delta of deltas)
    if (delta.kind === 'text') firstTokenMs ??= monotonicMs() - begin
    else completion = delta.completion
  if (!completion) throw new Error('The stream ended without its end.')
  return { completion, firstTokenMs, latencyMs: monotonicMs() - begin }
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)].sort()
