/** Providers and routes: how each provider is reached and stands, by which keys, and where the routes lead. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { gatewayReports, providers, useMay } from '../data/queries.ts'
import type { Provider } from '../data/shapes.ts'
import { RoutesSection } from '../models/routes-section.tsx'
import { Button } from '../ui/button.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { AttachDialog } from './attach-dialog.tsx'
import { GuardrailsSection } from './guardrails-section.tsx'
import { Parts } from './parts.tsx'
import { ProviderRow } from './provider-row.tsx'
import { together } from './reports.ts'

export function ProvidersPage() {
  const query = useQuery(providers)
  const reports = useQuery(gatewayReports)
  const may = useMay()
  const [attaching, setAttaching] = useState(false)
  const { targets } = together(reports.data?.items ?? [])
  return (
    <Page
      title={say('providers.providers-and-routes')}
      crumbs={CRUMBS}
      actions={
        may('administer') && (
          <Button tone="primary" onClick={() => setAttaching(true)}>
            {say('providers.attach-a-server')}
          </Button>
        )
      }
    >
      <Parts at="/gateway/providers" />
      <Lead>{say('providers.a-provider-is-where-models-are-reached')}</Lead>
      <Loaded query={query} rows={8}>
        {({ items }) => {
          const used = items.filter((one) => !isWaiting(one))
          const waiting = items.filter(isWaiting)
          return (
            <>
              <Section title={say('providers.providers')} count={used.length}>
                <ul className="divide-y divide-line">
                  {used.map((one) => (
                    <ProviderRow
                      key={one.name}
                      provider={one}
                      targets={targets.filter(({ model }) => model.startsWith(`${one.name}/`))}
                    />
                  ))}
                </ul>
              </Section>
              <details className="mt-4">
                <summary className="cursor-pointer text-muted hover:text-text">
                  {say('providers.more-that-wait-for-a-key', { waiting: waiting.length })}
                </summary>
                <ul className="mt-2 divide-y divide-line">
                  {waiting.map((one) => (
                    <ProviderRow key={one.name} provider={one} targets={[]} />
                  ))}
                </ul>
              </details>
            </>
          )
        }}
      </Loaded>
      <RoutesSection />
      <GuardrailsSection />
      {attaching && <AttachDialog onClose={() => setAttaching(false)} />}
    </Page>
  )
}

const isWaiting = ({ credentials, builtIn }: Provider): boolean =>
  builtIn && credentials.length > 0 && credentials.every(({ state }) => state.kind === 'missing')

const CRUMBS = [{ label: say('providers.gateway'), href: '/gateway' }] as const
