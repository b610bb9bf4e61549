/** Evidence, newest first: what it says, how much weight it has, how old it is. */

import { Link } from 'wouter'
import type { Evidence } from '../../../sdk/index.ts'
import { reasonWords } from '../data/metric-names.ts'
import { Ago, ExampleTag } from '../ui/bits.tsx'
import { Said } from '../ui/said.tsx'
import { Term } from '../ui/term.tsx'

/** The newest of each check; what it took the place of is one click away. */
export function EvidenceTable({ items }: { items: readonly Evidence[] }) {
  const newest = new Map(items.toReversed().map((piece) => [piece.check, piece]))
  const current = items.filter((piece) => newest.get(piece.check) === piece)
  const earlier = items.filter((piece) => newest.get(piece.check) !== piece)
  return (
    <>
      <Rows items={current} />
      {earlier.length > 0 && (
        <details className="mt-2">
          <summary className="rounded text-muted">{earlier.length} earlier</summary>
          <Rows items={earlier} />
        </details>
      )}
    </>
  )
}

function Rows({ items }: { items: readonly Evidence[] }) {
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">
            <Term of="check">check</Term>
          </th>
          <th scope="col">what it says</th>
          <th scope="col" className="wide">
            <Term of="trust">trust</Term>
          </th>
          <th scope="col" className="wide">
            age
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((piece) => (
          <tr key={piece.id} className="clickable" data-row>
            <td className="whitespace-nowrap">
              <Link
                href={`/evidence/${piece.id}`}
                className="rounded font-mono text-[0.75rem] underline decoration-line-strong underline-offset-3 hover:decoration-current"
              >
                {piece.check}
              </Link>
            </td>
            <td className="max-w-[34rem]">
              <Said text={reasonWords(piece.summary)} /> {piece.example && <ExampleTag />}
            </td>
            <td className="wide">{piece.trust}</td>
            <td className="wide text-muted">
              <Ago at={piece.at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
