/** A stream read with its dialect while it passes. */
import { type AnswerEvent, createBilledReader, createReducer, type Outbound } from '../../dialects/index.ts'
import { readOf, withBilled } from './protocol.ts'
import type { EventReader, Seen } from './read.ts'

export function readWith({ createReader }: Outbound): EventReader {
  const reader = createReader()
  const reducer = createReducer()
  const billed = createBilledReader()
  return {
    push(data) {
      let seen: Seen = 'frame'
      billed.push(data)
      for (const event of reader.push(data)) {
        reducer.push(event)
        seen = more(seen, event)
      }
      return seen
    },
    read: () => withBilled(readOf(reducer.take()), billed.take()),
  }
}

/** An event of a provider may mean several things; the last of them here counts. */
function more(seen: Seen, event: AnswerEvent): Seen {
  if (event.type === 'end' || event.type === 'error') return event.type
  const isPiece =
    event.type === 'delta' ||
    event.type === 'sealed' ||
    event.type === 'finish' ||
    (event.type === 'open' && event.start.kind !== 'text' && event.start.kind !== 'reasoning')
  return isPiece && seen === 'frame' ? 'piece' : seen
}
