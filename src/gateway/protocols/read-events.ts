/** A stream that was kept, read with its dialect after it has passed. */
import { createReducer, type Outbound } from '../../dialects/index.ts'
import { Failure } from '../../kernel/failure.ts'
import { readOf } from './protocol.ts'
import type { Read } from './read.ts'

export function readEventsWith({ createReader }: Outbound, all: Iterable<string>): Read {
  const reader = createReader()
  const reducer = createReducer()
  for (const data of all)
    try {
      for (const event of reader.push(data)) reducer.push(event)
    } catch (thrown) {
      // One event that cannot be read does not take away what the others say.
      if (!(thrown instanceof Failure)) throw thrown
    }
  for (const event of reader.end()) reducer.push(event)
  return readOf(reducer.take())
}
