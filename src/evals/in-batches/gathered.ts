/** Requests as they go together: by model, in the order in which they came, and no more than a batch may hold. */
import type { BatchRequest } from '../../models/index.ts'

export type Most = { readonly requests: number; readonly bytes: number }
type Asked<Task> = { readonly model: string; readonly task: Task; readonly request: BatchRequest }
export type Gathered<Task> = {
  readonly model: string
  readonly tasks: readonly Task[]
  readonly requests: readonly BatchRequest[]
}

/** One that is larger than a batch may be goes alone, and its provider says so. */
export async function* gathered<Task>(
  asked: AsyncIterable<Asked<Task>>,
  mostOf: (model: string) => Most,
): AsyncGenerator<Gathered<Task>> {
  const open = new Map<string, { model: string; tasks: Task[]; requests: BatchRequest[]; bytes: number }>()
  for await (const { model, task, request } of asked) {
    const bytes = Buffer.byteLength(JSON.stringify(request))
    const most = mostOf(model)
    const before = open.get(model)
    if (before && (before.requests.length >= most.requests || before.bytes + bytes > most.bytes)) {
      open.delete(model)
      yield before
    }
    const one = open.get(model) ?? { model, tasks: [], requests: [], bytes: 0 }
    open.set(model, one)
    one.tasks.push(task)
    one.requests.push(request)
    one.bytes += bytes
  }
  yield* open.values()
}
