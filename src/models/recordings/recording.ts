/** Recordings: answers that a real model once gave, found by the conversation it was asked in. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { Turn } from '../../core/conversation.ts'
import { type Digest, digestOf, digestOfBytes } from '../../kernel/digest.ts'
import { Failure } from '../../kernel/failure.ts'

export const RecordedAnswer = z.object({
  conversation: z.array(Turn).min(1),
  answer: z.string(),
  /** The model's name as its maker writes it. */
  model: z.string().min(1),
  recordedAt: z.string().optional(),
})
export type RecordedAnswer = z.infer<typeof RecordedAnswer>

/** Where a recording comes from; `replay/<name>` plays it. */
export type RecordingSource = {
  readonly name: string
  /** A file of JSON lines, plain or gzipped. For `mtrag` the evaluations; the tasks lie beside them. */
  readonly file: string
  readonly format: 'conversations' | 'mtrag'
  /** Only the answers of this model; all when absent. */
  readonly recordedModel?: string
  /** The `provider/model` whose price the recorded model has; without it the cost is unknown. */
  readonly pricedAs?: string
  /** Said on the card: who recorded it, when, under which licence. */
  readonly origin?: string
}

export type Recording = {
  readonly source: RecordingSource
  /** Over every conversation and answer, so that a release names what it plays. */
  readonly digest: Digest
  readonly size: number
  find(conversation: readonly Turn[]): RecordedAnswer | undefined
}

/** Only what people and the application said; what a prompt adds does not change the key. */
export const conversationKey = (conversation: readonly Turn[]): Digest =>
  digestOf(conversation.filter(({ role }) => role !== 'system').map(({ role, content }) => ({ role, content })))

export function createRecording(source: RecordingSource, answers: readonly RecordedAnswer[]): Recording {
  const byKey = new Map<Digest, RecordedAnswer>()
  for (const answer of answers) {
    if (source.recordedModel && answer.model !== source.recordedModel) continue
    const key = conversationKey(answer.conversation)
    if (!byKey.has(key)) byKey.set(key, answer)
  }
  return {
    source,
    digest: digestOf([...byKey].map(([key, { answer, model }]) => [key, model, digestOfBytes(answer)]).sort()),
    size: byKey.size,
    find: (conversation) => byKey.get(conversationKey(conversation)),
  }
}

/** The rows of a file of JSON lines, each held to a schema. Throws with the file and the line. */
export function readLines<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema>[] {
  const bytes = readFileSync(file)
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  const lines = (isGzip ? gunzipSync(bytes) : bytes).toString('utf8').split('\n')
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return []
    const parsed = schema.safeParse(parseJson(line))
    if (parsed.success) return [parsed.data]
    const [issue] = parsed.error.issues
    throw new Failure(
      'invalid',
      'models.recording-unusable',
      `${file}, line ${i + 1}: ${issue?.path.join('.') || 'the line'}: ${issue?.message}. Mend the recording.`,
    )
  })
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
