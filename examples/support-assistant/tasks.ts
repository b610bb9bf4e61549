/** The conversations of MT-RAG (IBM, Apache-2.0) as examples: the last turn asks, the reference answers. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

export type Turn = { readonly role: 'user' | 'assistant'; readonly content: string }

export type Task = {
  readonly id: string
  /** The conversation that it is a turn of; tasks of one conversation are not independent. */
  readonly cluster: string
  readonly turns: readonly Turn[]
  readonly reference: string
  readonly contexts: readonly string[]
  readonly isAnswerable: boolean
  readonly split: 'build' | 'regress'
}

type PublishedTask = {
  task_id: string
  input: { speaker: string; text: string }[]
  contexts: { document_id: string }[]
  targets: { text: string }[]
  Answerability: string[]
}

/** Every fourth conversation is for building and fixing thresholds; the others judge. */
const BUILD_EVERY = 4

export function readTasks(dataFolder: URL): Task[] {
  const published = readLines<PublishedTask>(new URL('rag-mtrag-human/tasks.jsonl.gz', dataFolder))
  const clusters = [...new Set(published.map(clusterOf))].sort()
  return published.map((task) => ({
    id: task.task_id.replace('<::>', '-'),
    cluster: clusterOf(task),
    turns: task.input.map(({ speaker, text }) => ({ role: speaker === 'user' ? 'user' : 'assistant', content: text })),
    reference: task.targets[0]?.text ?? '',
    contexts: task.contexts.map(({ document_id }) => document_id),
    isAnswerable: !task.Answerability.includes('UNANSWERABLE'),
    split: clusters.indexOf(clusterOf(task)) % BUILD_EVERY === 0 ? 'build' : 'regress',
  }))
}

export const readDocuments = (dataFolder: URL): { id: string; title: string; text: string }[] =>
  readLines<{ document_id: string; title?: string; text: string }>(
    new URL('rag-mtrag-human/documents.jsonl.gz', dataFolder),
  ).map(({ document_id, title, text }) => ({ id: document_id, title: title ?? '', text }))

export const readLines = <Row>(file: URL): Row[] =>
  gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)

const clusterOf = (task: PublishedTask): string => task.task_id.split('<::>')[0] ?? task.task_id
