/** Answers of ours in OpenAI's shapes: a completion, and the chunks of a stream. */
import type { FinishReason } from '../models/index.ts'
import type { Citation, Usage } from '../telemetry/index.ts'

export type Answer = {
  readonly id: string
  /** Seconds since 1970. */
  readonly created: number
  readonly model: string
}

export type WholeAnswer = Answer & {
  readonly text: string
  readonly finishReason: FinishReason
  readonly usage: Usage
  readonly citations: readonly Citation[] | undefined
}

export const completionOf = (answer: WholeAnswer): string =>
  JSON.stringify({
    id: answer.id,
    object: 'chat.completion',
    created: answer.created,
    model: answer.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: answer.text,
          refusal: null,
          ...(answer.citations && { citations: answer.citations }),
        },
        logprobs: null,
        finish_reason: finishOf(answer.finishReason),
      },
    ],
    usage: usageOf(answer.usage),
  })

/** The first chunk names the role, as OpenAI's does. */
export const openingOf = (answer: Answer): string => chunk(answer, { role: 'assistant', content: '' })

export const deltaOf = (answer: Answer, text: string): string => chunk(answer, { content: text })

/** The last chunk with its finish reason, the usage if it was asked for, and `[DONE]`. */
export function closingOf(answer: WholeAnswer, { includeUsage }: { includeUsage: boolean }): string {
  const last = chunk(answer, answer.citations ? { citations: answer.citations } : {}, finishOf(answer.finishReason))
  const usage = includeUsage ? event({ ...head(answer), choices: [], usage: usageOf(answer.usage) }) : ''
  return `${last}${usage}data: [DONE]\n\n`
}

const chunk = (answer: Answer, delta: Record<string, unknown>, finish: string | null = null): string =>
  event({ ...head(answer), choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] })

const head = ({ id, created, model }: Answer) => ({ id, object: 'chat.completion.chunk', created, model })

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`

const finishOf = (reason: FinishReason): string => (reason === 'refusal' ? 'content_filter' : reason)

const usageOf = ({ inputTokens, outputTokens }: Usage) => ({
  prompt_tokens: inputTokens,
  completion_tokens: outputTokens,
  total_tokens: inputTokens + outputTokens,
})
