/** What an answer must fit, in the words of the chat dialect, and what to do where a provider has no word for it. */
import type { Asked } from '../answered.ts'

/** A parameter of this name is what somebody wrote for this model, and goes before what the prompt declares. */
export const formatOf = ({ answerSchema }: Asked): Record<string, unknown> =>
  answerSchema ? { response_format: { type: 'json_schema', json_schema: answerSchema } } : {}

export const remedyFor = ({ answerSchema, parameters }: Asked, lost: readonly string[]): string =>
  answerSchema && parameters.response_format === undefined && lost.some((field) => /format/i.test(field))
    ? 'Take output.schema out of the prompt and say its form in words, or choose another model.'
    : 'Leave it out of the parameters.'
