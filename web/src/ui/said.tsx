/** A sentence of the server's: code in backticks as code, people by their names, instants as dates. */
import { useNames } from '../data/queries.ts'
import { absoluteTime, shortTime } from '../data/time.ts'

const SPECIAL = /(`[^`]+`|\bact_[0-9a-z]{26}|\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/

export function Said({ text }: { text: string }) {
  const nameOf = useNames()
  return text.split(SPECIAL).map((piece, index) => {
    if (index % 2 === 0) return piece
    // biome-ignore-start lint/suspicious/noArrayIndexKey: pieces of one fixed sentence
    if (piece.startsWith('`'))
      return (
        <code key={index} className="rounded bg-sunken px-1 py-px font-mono text-[0.8125em] break-words">
          {piece.slice(1, -1)}
        </code>
      )
    if (piece.startsWith('act_')) return <span key={index}>{nameOf(piece)}</span>
    return (
      <time key={index} dateTime={piece} title={absoluteTime(piece)}>
        {shortTime(piece)}
      </time>
    )
    // biome-ignore-end lint/suspicious/noArrayIndexKey: pieces of one fixed sentence
  })
}
