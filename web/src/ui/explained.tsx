/** A plain text whose terms explain themselves, each where it stands first. */
import { piecesOf } from './pieces.ts'
import { Term } from './term.tsx'

export const Explained = ({ text }: { text: string }) =>
  piecesOf(text).map(({ words, term }, index) =>
    term === undefined ? (
      words
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one fixed text
      <Term key={index} of={term}>
        {words}
      </Term>
    ),
  )
