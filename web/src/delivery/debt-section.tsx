/** What works today and will hold an application soon, each with what to do about it. */
import { useQuery } from '@tanstack/react-query'
import type { Debt } from '../data/shapes.ts'
import { Tag } from '../ui/bits.tsx'
import { Section } from '../ui/page.tsx'
import { Said } from '../ui/said.tsx'
import { Loaded } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { debt } from './gate-queries.ts'

const KINDS: Readonly<Record<Debt['kind'], string>> = {
  'unused-prompt': say('debt-section.unused-prompt'),
  'ending-model': say('debt-section.model-that-ends'),
  'aliased-model': say('debt-section.model-that-may-move'),
  waiver: say('debt-section.waiver-near-its-end'),
  'stale-evidence': say('debt-section.stale-evidence'),
  challenge: say('debt-section.open-doubt'),
}

export function DebtSection({ name }: { name: string }) {
  const query = useQuery(debt(name))
  return (
    <Section
      title={say('debt-section.debt')}
      {...(query.data && { count: query.data.items.length })}
      note={<Term of="debt">{say('debt-section.what-will-hold-you-soon')}</Term>}
    >
      <Loaded query={query} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">{say('debt-section.none-nothing-unused-ending-stale-or-in')}</p>
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
