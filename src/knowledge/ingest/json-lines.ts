/** JSON lines of `{id, title?, text}` (also `document_id`): passages that somebody has cut already, taken as given. */
import { z } from 'zod'
import type { Problem } from '../../kernel/failure.ts'
import { pause } from '../pause.ts'
import type { LocatedPassage, Reading } from './reading.ts'

const Row = z.object({
  id: z.string().min(1).optional(),
  document_id: z.string().min(1).optional(),
  title: z.string().nullish(),
  text: z.string().min(1),
})

const ROWS_AT_ONCE = 500

export async function passagesOfJsonLines({ text, source }: { text: string; source: string }): Promise<Reading> {
  const passages: LocatedPassage[] = []
  const problems: Problem[] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (at % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await pause()
    if (line.trim() === '') continue
    const row = parse(line)
    if ('message' in row) problems.push({ file: `knowledge/${source}`, line: at + 1, ...row })
    else passages.push({ passage: { ...row, source }, line: at + 1 })
  }
  return { passages, problems }
}

type Wrong = { field: string; message: string; remedy: string }
const remedy = 'Write one object a line: {"id": "…", "title": "…", "text": "…"}.'

function parse(line: string): { id: string; title: string; text: string } | Wrong {
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
  return { id, title: row.data.title ?? '', text: row.data.text }
}
