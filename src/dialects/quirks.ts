/** Where a server differs from the dialect that it speaks, as data: fields of the body under another name, or refused. */
import { type Loss, lost } from './carry.ts'

export type Quirks = {
  /** The dialect's own name of a field, and this server's. */
  readonly renames?: Readonly<Record<string, string>>
  /** Fields that this server refuses. Only `stream_options` is nobody's loss. */
  readonly omits?: readonly string[]
}

/** Changes the body, and says what was left out of it. */
export function applyQuirks(body: Record<string, unknown>, { renames = {}, omits = [] }: Quirks): Loss[] {
  for (const [from, to] of Object.entries(renames)) {
    if (body[from] === undefined) continue
    body[to] = body[from]
    delete body[from]
  }
  return omits.flatMap((name) => {
    const isThere = body[name] !== undefined
    delete body[name]
    return isThere && name !== 'stream_options' ? [lost(name, CHANGE_ANSWERS.has(name))] : []
  })
}

const CHANGE_ANSWERS: ReadonlySet<string> = new Set(['logprobs', 'logit_bias', 'tools', 'response_format', 'n'])
