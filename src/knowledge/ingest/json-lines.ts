/** JSON lines of `{id, title?, text}` (also `document_id`): passages that somebody has cut already, taken as given. */
import { z } from 'zod'
import type { Problem } from '../../kernel/failure.ts'
import { pause } from '../pause.ts'
import type { IngestSettings, LocatedPassage, Reading } from './reading.ts'

const Row = z.object({
  id: z.string().min(1).optional(),
  document_id: z.string().min(1).optional(),
  title: z.string().nullish(),
  text: z.string().min(1),
  /** The model that made a vector which stands beside the text; the vector itself is not read. */
  embeddedWith: z.string().min(1).nullish(),
})

const ROWS_AT_ONCE = 500

type Lines = { text: string; source: string; settings?: Pick<IngestSettings, 'embedding'> }

export async function passagesOfJsonLines({ text, source, settings }: Lines): Promise<Reading> {
  const passages: LocatedPassage[] = []
  const problems: Problem[] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (at % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await pause()
    if (line.trim() === '') continue
    const row = parse(line, settings?.embedding)
    if ('message' in row) problems.push({ file: `knowledge/${source}`, line: at + 1, ...row })
    else passages.push({ passage: { ...row, source }, line: at + 1 })
  }
  return { passages, problems }
}

type Wrong = { field: string; message: string; remedy: string }
const remedy = 'Write one object a line: {"id": "…", "title": "…", "text": "…"}.'

function parse(
  line: string,
  embedding: IngestSettings['embedding'],
): { id: string; title: string; text: string } | Wrong {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    return { field: '', message: `The line is not JSON: ${(cause as Error).message}.`, remedy }
  }
  const row = Row.safeParse(value)
  if (!row.success) {
    const [issue] = row.error.issues
    return { field: issue?.path.join('.') ?? '', message: `${issue?.message ?? 'Not valid'}.`, remedy }
  }
  const id = row.data.id ?? row.data.document_id
  if (id === undefined) return { field: 'id', message: 'The passage has no id.', remedy }
  const { title, text, embeddedWith } = row.data
  const mixed = embeddedWith && embedding !== undefined && embeddedWith !== embedding
  if (mixed) return mixedVectors(embeddedWith, embedding)
  return { id, title: title ?? '', text }
}

/** Vectors of two models are in no order beside each other, so an index has those of one. */
const mixedVectors = (found: string, asked: string | null): Wrong => ({
  field: 'embeddedWith',
  message:
    asked === null
      ? `The passage has a vector of ${found}, and this index declares no embedding model.`
      : `The passage has a vector of ${found}, and this index is of ${asked}.`,
  remedy:
    asked === null
      ? `Write \`embedding: ${found}\` under knowledge in airworthy.yaml, or take \`embeddedWith\` out.`
      : `Embed all passages with one model, and name it under knowledge in airworthy.yaml.`,
})
