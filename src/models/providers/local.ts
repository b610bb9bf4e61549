/** `local/extractive` and `local/first-sentence`: answers cut from the given passages, each sentence with its marker. */
import { z } from 'zod'
import { Failure } from '../../kernel/failure.ts'
import { type Answered, type Asked, inPieces, type ModelProvider } from '../answered.ts'
import { estimateUsage } from '../count-tokens.ts'
import { invalidParameters } from '../parameters.ts'
import { bestSentence, firstSentence, type Picked, pickSentences } from './reader.ts'

export const NOTHING_FOUND = 'I found nothing about this in the documents.'

const ReaderParameters = z.strictObject({
  /** Most sentences of an answer. */
  sentences: z.number().int().min(1).max(3).default(3),
  scorer: z.enum(['weighted', 'best-sentence']).default('weighted'),
})

export const LOCAL_MODELS = {
  extractive: {
    title: 'Extractive reader',
    description:
      'Picks one to three sentences from the passages by the words they share with the question, and cites each. No language model: it reads nothing but the passages, follows no instructions and never rephrases. A baseline to beat, the same answer every time.',
    parameters: {
      sentences: 'most sentences of an answer, 1 to 3',
      scorer: 'weighted, or best-sentence: the one sentence that shares most words',
    },
    schema: ReaderParameters as z.ZodType,
  },
  'first-sentence': {
    title: 'First sentence',
    description:
      'Gives the first sentence of the first passage and looks at nothing else. The cheapest baseline: a release that does not beat it is not worth its cost.',
    parameters: {},
    schema: z.strictObject({}) as z.ZodType,
  },
} as const
export type LocalModel = keyof typeof LOCAL_MODELS

export const isLocalModel = (name: string): name is LocalModel => Object.hasOwn(LOCAL_MODELS, name)

export function createLocal(): ModelProvider {
  const complete = async (asked: Asked): Promise<Answered> => {
    asked.signal.throwIfAborted()
    const picked = pick(asked)
    const text =
      picked.length === 0
        ? NOTHING_FOUND
        : picked.map(({ sentence, n }) => `${withoutMarkers(sentence)} [${n}]`).join(' ')
    return {
      text,
      finishReason: 'stop',
      usage: await estimateUsage(asked.messages, text),
      servedBy: `local/${asked.rest}`,
      responseModel: null,
      citations: [...new Set(picked.map(({ passage }) => passage))],
      pricedAs: `local/${asked.rest}`,
    }
  }
  return {
    complete,
    async *stream(asked) {
      yield* inPieces(await complete(asked), asked.signal)
    },
  }
}

/** A footnote mark of the source, such as `[12]`, would be taken for one of ours. */
const withoutMarkers = (sentence: string): string => sentence.replace(/\[(\d[\d,\s]*)\]/g, '($1)')

function pick({ rest, parameters, grounding }: Asked): Picked[] {
  const { question, passages } = grounding ?? { question: '', passages: [] }
  if (rest === 'first-sentence') return firstSentence(passages)
  if (rest !== 'extractive')
    throw new Failure('invalid', 'models.unknown-model', `There is no model local/${rest}. Use local/extractive.`)
  const parsed = ReaderParameters.safeParse(parameters)
  if (!parsed.success) throw invalidParameters('local/extractive', parsed.error)
  const { sentences, scorer } = parsed.data
  return scorer === 'best-sentence' ? bestSentence(question, passages) : pickSentences(question, passages, sentences)
}
