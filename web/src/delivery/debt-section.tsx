/** What works today and will hold an application soon, each with what to do about it. */
import { useQuery } from '@tanstack/react-query'
import type { Debt } from '../data/shapes.ts'
import { Tag } from '../ui/bits.tsx'
import { Section } from '../ui/page.tsx'
import { Said } from '../ui/said.tsx'
import { Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { debt } from './gate-queries.ts'

const KINDS: Readonly<Record<Debt['kind'], string>> = {
  'unused-prompt': 'unused prompt',
  'ending-model': 'model that ends',
  'aliased-model': 'model that may move',
  waiver: 'waiver near its end',
  'stale-evidence': 'stale evidence',
  challenge: 'open doubt',
}

export function DebtSection({ name }: { name: string }) {
  const query = useQuery(debt(name))
  return (
    <Section
      title="Debt"
      {...(query.data && { count: query.data.items.length })}
      note={<Term of="debt">what will hold you soon</Term>}
    >
      <Loaded query={query} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">None: nothing unused, ending, stale or in doubt.</p>
          ) : (
            <ul>
              {items.map(({ kind, what, why, remedy }) => (
                <li key={`${kind}${what}${why}`} className="border-t border-line py-2 first:border-0">
                  <p className="flex flex-wrap items-baseline gap-x-2">
                    <span className="font-medium break-all">{what}</span>
                    <Tag>{KINDS[kind]}</Tag>
                  </p>
                  <p className="prose-width">
                    <Said text={why} />{' '}
                    <span className="text-muted">
                      <Said text={remedy} />
                    </span>
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Section>
  )
}
