/** A text that has links and other parts in it, so that each language puts them where its sentence wants them. */
import { Fragment, type ReactNode } from 'react'
import { type Key, piecesOf, type Said } from './say.ts'

/** As `say`, with parts that may be elements. */
export const sayWith = (key: Key, parts: Readonly<Record<string, ReactNode>>): ReactNode =>
  piecesOf(key, parts.n as Said[string]).map((piece, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one fixed sentence
    <Fragment key={at}>{at % 2 === 0 ? piece : parts[piece]}</Fragment>
  ))
