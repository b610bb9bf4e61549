/** Who read the exam, when and for what. */
import { useQuery } from '@tanstack/react-query'
import type { ServedDataset } from '../../../sdk/index.ts'
import { number } from '../data/format.ts'
import { useNames } from '../data/queries.ts'
import { Ago } from '../ui/bits.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { holdoutReads } from './dataset-queries.ts'

export function HoldoutSection({ found }: { found: ServedDataset }) {
  const { name, version, access, holdoutReadsLeft } = found
  const query = useQuery(holdoutReads(name))
  const nameOf = useNames()
  if (!version?.splits.holdout) return null
  return (
    <Section title="Holdout" count={version.splits.holdout}>
      <p className="prose-width mb-2 text-muted">
        {access.holdoutReaders.join(', ') || 'Nobody'} may read it; {number(holdoutReadsLeft)} of {access.holdoutReads}{' '}
        reads are left within 30 days. Runs measure on it without showing it.
      </p>
      <Loaded query={query} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">Nobody has read it.</p>
          ) : (
            <ul className="flex flex-col gap-1">
              {items.map((read) => (
                <li key={read.id}>
                  {nameOf(read.by)} read {number(read.rows)} rows of version {read.version} ({read.purpose}),{' '}
                  <Ago at={read.at} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}
