/** Where data is kept: as declared, and what can be seen of it from here. */
import { Tag } from '../ui/bits.tsx'
import { Section } from '../ui/page.tsx'
import { say } from '../words/say.ts'
import type { DataInForce } from './queries.ts'

export function Stores({ stores }: { stores: DataInForce['stores'] }) {
  return (
    <Section
      title={say('data.where-it-is-kept')}
      count={stores.length}
      note={say('data.as-declared-beside-the-profile-and')}
    >
      <ul>
        {stores.map(({ name, keptBy, region, retentionDays, encryption, faults }) => (
          <li key={name} className="border-t border-line py-3 first:border-0 first:pt-0">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-medium">{name}</span>
              <Tag>{keptBy === 'airworthy' ? say('data.kept-here') : say('data.kept-by-others')}</Tag>
              <span className="text-muted">
                {[
                  region,
                  retentionDays && say('data.days', { retentionDays }),
                  encryption && say('data.encryption', { encryption }),
                ]
                  .filter(Boolean)
                  .join(', ')}
              </span>
            </p>
            {faults.length > 0 && (
              <p className="prose-width text-fail">
                {say('data.it')} {faults.join('; it ')}.
              </p>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

const FOUND = {
  agrees: [say('data.as-declared'), 'text-pass'],
  differs: [say('data.differs'), 'text-fail'],
  'not-reachable': [say('data.not-reachable'), 'text-muted'],
} as const

export const ReachedSection = ({ reached }: { reached: DataInForce['reached'] }) => (
  <Section
    title={say('data.what-can-be-seen-of-it')}
    count={reached.length}
    note={say('data.addresses-and-the-database-beside-what')}
  >
    <ul>
      {reached.map(({ of, state, says }) => (
        <li key={`${of} ${says}`} className="border-t border-line py-3 first:border-0 first:pt-0">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-medium">{of}</span>
            <Tag tone={FOUND[state][1]}>{FOUND[state][0]}</Tag>
          </p>
          <p className="prose-width text-muted">{says}</p>
        </li>
      ))}
    </ul>
  </Section>
)
