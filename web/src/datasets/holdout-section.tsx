/** Who read the exam, when and for what. */
import { useQuery } from '@tanstack/react-query'
import type { ServedDataset } from '../../../sdk/index.ts'
import { number } from '../data/format.ts'
import { useNames } from '../data/queries.ts'
import { Ago } from '../ui/bits.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { holdoutReads } from './dataset-queries.ts'

export function HoldoutSection({ found }: { found: ServedDataset }) {
  const { name, version, access, holdoutReadsLeft } = found
  const query = useQuery(holdoutReads(name))
  const nameOf = useNames()
  if (!version?.splits.holdout) return null
  return (
    <Section title={say('holdout-section.holdout')} count={version.splits.holdout}>
      <p className="prose-width mb-2 text-muted">
        {sayWith('holdout-section.may-read-it-of-reads-are-left', {
          holdoutReaders: access.holdoutReaders.join(', ') || say('holdout-section.nobody'),
          holdoutReadsLeft: number(holdoutReadsLeft),
          holdoutReads: access.holdoutReads,
        })}
      </p>
      <Loaded query={query} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">{say('holdout-section.nobody-has-read-it')}</p>
          ) : (
            <ul className="flex flex-col gap-1">
              {items.map((read) => (
                <li key={read.id}>
                  {sayWith('holdout-section.read-rows-of-version', {
                    by: nameOf(read.by),
                    rows: number(read.rows),
                    version: read.version,
                    purpose: read.purpose,
                    when: <Ago at={read.at} />,
                  })}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}
