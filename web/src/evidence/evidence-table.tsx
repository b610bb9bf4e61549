/** Evidence, newest first: what it says, how much weight it has, how old it is. */

import { Link } from 'wouter'
import type { Evidence } from '../../../sdk/index.ts'
import { reasonWords } from '../data/metric-names.ts'
import type { ListedEvidence } from '../data/shapes.ts'
import { Ago, ExampleTag } from '../ui/bits.tsx'
import { Said } from '../ui/said.tsx'
import { Term } from '../ui/term.tsx'
import { VerdictMark } from '../ui/verdict.tsx'
import { say } from '../words/say.ts'

/** A piece, with why it does not hold where it was held against a release. */
type Listed = Evidence & Partial<Pick<ListedEvidence, 'stale'>>

/** The newest of each check; what it took the place of is one click away. */
export function EvidenceTable({ items }: { items: readonly Evidence[] }) {
  const newest = new Map(items.toReversed().map((piece) => [piece.check, piece]))
  const current = items.filter((piece) => newest.get(piece.check) === piece)
  const earlier = items.filter((piece) => newest.get(piece.check) !== piece)
  return (
    <>
      <EvidenceRows items={current} />
      {earlier.length > 0 && (
        <details className="mt-2">
          <summary className="rounded text-muted">{say('evidence-table.earlier', { earlier: earlier.length })}</summary>
          <EvidenceRows items={earlier} />
        </details>
      )}
    </>
  )
}

/** One row a piece. With `origin` the application and what made it stand beside. */
export function EvidenceRows({ items, origin = false }: { items: readonly Listed[]; origin?: boolean }) {
  const isHeld = items.some(({ stale }) => stale != null)
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">
            <Term of="check">{say('evidence-table.check')}</Term>
          </th>
          {isHeld && <th scope="col">{say('evidence-table.holds')}</th>}
          <th scope="col">{say('evidence-table.what-it-says')}</th>
          {origin && (
            <th scope="col" className="wide">
              {say('evidence-table.application')}
            </th>
          )}
          <th scope="col" className="wide">
            <Term of="trust">{say('evidence-table.trust')}</Term>
          </th>
          {origin && (
            <th scope="col" className="wide">
              {say('evidence-table.made-with')}
            </th>
          )}
          <th scope="col" className="wide">
            {say('evidence-table.age')}
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
            {isHeld && (
              <td>
                <Holds stale={piece.stale ?? []} />
              </td>
            )}
            <td className="max-w-[34rem]">
              <Said text={reasonWords(piece.summary)} /> {piece.example && <ExampleTag />}
            </td>
            {origin && <td className="wide">{piece.application}</td>}
            <td className="wide">{piece.trust}</td>
            {origin && <td className="wide text-muted">{piece.producer.name}</td>}
            <td className="wide text-muted">
              <Ago at={piece.at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Holds = ({ stale }: { stale: readonly string[] }) =>
  stale.length === 0 ? (
    <span className="flex items-center gap-1.5">
      <VerdictMark verdict="PASS" title="" /> {say('evidence-table.holds')}
    </span>
  ) : (
    <span className="flex items-center gap-1.5 text-stale" title={stale.join(' ')}>
      <VerdictMark verdict="STALE" title="" /> {say('evidence-table.stale')}
    </span>
  )
