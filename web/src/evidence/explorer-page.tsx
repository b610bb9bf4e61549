/** All evidence, newest first, by cursor: from any figure to what it rests on, and whether it still holds. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Evidence } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { client } from '../data/client.ts'
import { catalogue, releases, useApplicationNames } from '../data/queries.ts'
import { Command } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Trouble, Waiting } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { EvidenceRows } from './evidence-table.tsx'

const TRUST = ['measured', 'imported', 'attested'] as const

export function EvidenceExplorerPage() {
  const { filter, fields } = useEvidenceFilter()
  const query = useInfiniteQuery({
    queryKey: ['evidence', 'explorer', filter],
    queryFn: ({ pageParam }) =>
      client.listEvidence({ query: { ...filter, limit: 100, ...(pageParam && { cursor: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Page title={say('explorer.evidence')}>
      {fields}
      {query.error && <Trouble failure={query.error} again={() => void query.refetch()} />}
      {query.isPending && <Waiting rows={12} />}
      {query.isSuccess && rows.length === 0 && (
        <Empty
          title={
            Object.keys(filter).length > 0
              ? say('explorer.no-evidence-fits-these-filters')
              : say('explorer.nothing-is-recorded-yet')
          }
          command={<Command text="npx airworthy gate poc --run" />}
        >
          {say('explorer.what-is-measured-imported-or-attested-will')}
        </Empty>
      )}
      {rows.length > 0 && <EvidenceRows origin items={rows} />}
      {query.hasNextPage && (
        <div className="mt-3">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {say('explorer.older')}
          </Button>
        </div>
      )}
    </Page>
  )
}

function useEvidenceFilter() {
  const [application = '', setApplication] = useParameter('application')
  const [release = '', setRelease] = useParameter('release')
  const [against = '', setAgainst] = useParameter('against')
  const [holds = '', setHolds] = useParameter('holds')
  const [check = '', setCheck] = useParameter('check')
  const [producer = '', setProducer] = useParameter('producer')
  const [trust = '', setTrust] = useParameter('trust')
  const [since = '', setSince] = useParameter('since')
  const [until = '', setUntil] = useParameter('until')
  const names = useApplicationNames()
  const frozen = useQuery({ ...releases(application), enabled: application !== '' }).data?.items ?? []
  const checks = useQuery(catalogue).data?.checks ?? []
  const ofReleases = frozen.map(({ id, number }) => [id, `r${number}`] as const)
  const level = TRUST.find((one) => one === trust)
  const filter = {
    ...(application && { application }),
    ...(release && { release }),
    ...(check && { check }),
    ...(level && { trust: level as Evidence['trust'] }),
    ...(producer.trim() && { producer: producer.trim() }),
    ...(isDay(since) && { since: `${since}T00:00:00.000Z` }),
    ...(isDay(until) && { until: `${until}T00:00:00.000Z` }),
    ...(against && { against }),
    ...(against && (holds === 'true' || holds === 'false') && { holds: holds as 'true' | 'false' }),
  }
  const fields = (
    <search className="mb-5 grid grid-cols-2 gap-3 md:grid-cols-4">
      <Choice
        label={say('explorer.application')}
        value={application}
        onChange={setApplication}
        options={[['', 'all'], ...names.map((name) => [name, name] as const)]}
      />
      <Choice
        label={say('explorer.check')}
        value={check}
        onChange={setCheck}
        options={[['', 'all'], ...checks.map(({ id, title }) => [id, `${title} (${id})`] as const)]}
      />
      <Choice
        label={say('explorer.trust')}
        value={trust}
        onChange={setTrust}
        options={[['', 'any'], ...TRUST.map((one) => [one, one] as const)]}
      />
      <TextField label={say('explorer.made-with')} type="search" value={producer} onChange={setProducer} />
      <TextField label={say('explorer.recorded-from')} type="date" value={since} onChange={setSince} />
      <TextField label={say('explorer.recorded-before')} type="date" value={until} onChange={setUntil} />
      {application !== '' && (
        <>
          <Choice
            label={say('explorer.made-on')}
            value={release}
            onChange={setRelease}
            options={[['', say('explorer.any-release')], ...ofReleases]}
          />
          <Choice
            label={say('explorer.held-against')}
            value={against}
            onChange={setAgainst}
            options={[['', say('explorer.no-release')], ...ofReleases]}
          />
          {against !== '' && (
            <Choice
              label={say('explorer.it')}
              value={holds}
              onChange={setHolds}
              options={[
                ['', say('explorer.holds-or-not')],
                ['true', 'holds'],
                ['false', say('explorer.is-stale')],
              ]}
            />
          )}
        </>
      )}
    </search>
  )
  return { filter, fields }
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text)
