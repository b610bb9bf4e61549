/**
 * `replay/<recording>`: what a real model once answered in this very conversation. It does not react to retrieval,
 * to instructions or to parameters; where it has no recording, the local model that `otherwise` names answers.
 */
import { z } from 'zod'
import { Failure } from '../../kernel/failure.ts'
import { type Answered, type Asked, inPieces, type ModelProvider } from '../answered.ts'
import { estimateUsage } from '../count-tokens.ts'
import { invalidParameters } from '../parameters.ts'
import type { Recording } from '../recordings/recording.ts'
import type { LoadedRecording } from '../recordings/recordings.ts'
import { isLocalModel } from './local.ts'

export const ReplayParameters = z.strictObject({
  /** The local model for conversations without a recording; without it they fail. */
  otherwise: z
    .string()
    .refine((model) => model.startsWith('local/') && isLocalModel(model.slice('local/'.length)), 'name a local model')
    .optional(),
})

export const REPLAY_DESCRIPTION =
  'Recorded answers of a real model, found by the conversation. It does not react to retrieval, instructions or parameters: change those and the answer stays the same. Tokens are counted on the prompt as rendered; cost is the recorded model’s price, estimated.'

export function createReplay({
  recordings,
  local,
}: {
  recordings: ReadonlyMap<string, LoadedRecording>
  local: ModelProvider
}): ModelProvider {
  const complete = async (asked: Asked): Promise<Answered> => {
    asked.signal.throwIfAborted()
    const parsed = ReplayParameters.safeParse(asked.parameters)
    if (!parsed.success) throw invalidParameters(`replay/${asked.rest}`, parsed.error)
    const recording = usable(recordings.get(asked.rest), asked.rest)
    const recorded = recording.find(asked.conversation)
    if (recorded)
      return {
        text: recorded.answer,
        finishReason: 'stop',
        usage: await estimateUsage(asked.messages, recorded.answer),
        servedBy: `replay/${asked.rest}`,
        responseModel: recorded.model,
        citations: [],
        pricedAs: recording.source.pricedAs ?? `recorded/${recorded.model}`,
      }
    const { otherwise } = parsed.data
    if (otherwise) return local.complete({ ...asked, model: otherwise, rest: otherwise.slice(6), parameters: {} })
    throw new Failure(
      'unknown',
      'models.no-recording',
      `replay/${asked.rest} has no recording of this conversation. Set the parameter \`otherwise: local/extractive\` to have the reader answer instead.`,
    )
  }
  return {
    complete,
    async *stream(asked) {
      yield* inPieces(await complete(asked), asked.signal)
    },
  }
}

function usable(loaded: LoadedRecording | undefined, name: string): Recording {
  if (loaded?.kind === 'ready') return loaded.recording
  throw new Failure(
    loaded ? 'unavailable' : 'invalid',
    loaded ? 'models.recording-unreadable' : 'models.unknown-model',
    loaded ? `The recording ${name} cannot be read: ${loaded.reason}` : `There is no recording ${name}.`,
  )
}
