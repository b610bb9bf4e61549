/** What an application is connected with: who asks it, whom it asks, and who is told. */
import { useQuery } from '@tanstack/react-query'
import type { Client } from '../../../sdk/index.ts'
import { integrations } from '../data/queries.ts'
import { Section } from '../ui/page.tsx'
import { say } from '../words/say.ts'

type Integration = Awaited<ReturnType<Client['listIntegrations']>>['items'][number]

const WORDS: Readonly<Record<Integration['direction'], string>> = {
  'asks-it': say('integration-section.asks-it'),
  'is-asked': say('integration-section.is-asked-by-it'),
  'is-told': say('integration-section.is-told-by-it'),
}

export function IntegrationSection({ name }: { name: string }) {
  const items = useQuery(integrations(name)).data?.items ?? []
  if (items.length === 0) return null
  return (
    <Section title={say('integration-section.what-it-is-connected-with')} count={items.length}>
      <ul>
        {items.map(({ direction, name: of, host, requests, says }) => (
          <li
            key={`${direction} ${of} ${host}`}
            className="flex flex-wrap items-baseline gap-x-2 border-t border-line py-2 first:border-0 first:pt-0"
          >
            <span className="w-28 text-muted">{WORDS[direction]}</span>
            <span>{of}</span>
            <span className="text-muted">
              {[host, requests !== null && `${say('many.request', { n: requests })} in 28 days`]
                .filter(Boolean)
                .join(', ')}
            </span>
            {says && <span className="text-stale">{says}</span>}
          </li>
        ))}
      </ul>
    </Section>
  )
}
