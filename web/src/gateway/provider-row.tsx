/** One provider: its address, its keys by name and how they stand, its targets, and what can be done. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { duration, number, percent } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import type { Provider, ServerLoad } from '../data/shapes.ts'
import { Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { KeysDialog } from './keys-dialog.tsx'
import { QuotaDialog } from './quota-dialog.tsx'
import { QuotaLines } from './quota-lines.tsx'
import { sum, type Target } from './reports.ts'
import { Breaker, failuresOf } from './target-table.tsx'

const LOAD_MS = 5_000

export function ProviderRow({ provider, targets }: { provider: Provider; targets: readonly Target[] }) {
  const { name, dialect, baseUrl, credentials, builtIn } = provider
  const may = useMay()
  const cache = useQueryClient()
  const [changing, setChanging] = useState(false)
  const [declaring, setDeclaring] = useState(false)
  const test = useMutation({
    mutationFn: () => client.testProvider({ params: { name } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['model-card'] }),
  })
  return (
    <li className="grid gap-x-6 gap-y-2 py-3 md:grid-cols-[minmax(0,15rem)_1fr_auto]">
      <div className="min-w-0">
        <span className="font-medium">{name}</span> {builtIn && <Tag>{say('provider-row.built-in')}</Tag>}
        <span className="block break-all text-data text-muted">
          {dialect} · {hostOf(baseUrl)}
        </span>
      </div>
      <div className="flex min-w-0 flex-col gap-2">
        <Keys credentials={credentials} />
        {targets.length > 0 && <Targets targets={targets} />}
        <QuotaLines provider={name} />
        {!builtIn && baseUrl.startsWith('http://') && <Load name={name} />}
        {test.data && (
          <p role="status" className={test.data.kind === 'reached' ? 'text-muted' : 'text-fail'}>
            {test.data.kind === 'reached'
              ? say('provider-row.reached-in-ms-it-lists', {
                  milliseconds: test.data.milliseconds,
                  models: say('many.model', { n: test.data.models.length }),
                })
              : test.data.reason}
          </p>
        )}
        {test.error && <Trouble failure={test.error} />}
      </div>
      <div className="flex items-start gap-1">
        {may('operate') && (
          <Button busy={test.isPending} onClick={() => test.mutate()} aria-label={say('provider-row.test-2', { name })}>
            {say('provider-row.test')}
          </Button>
        )}
        {may('administer') && (
          <Button onClick={() => setChanging(true)} aria-label={say('provider-row.keys-of', { name })}>
            {say('provider-row.keys')}
          </Button>
        )}
        {may('administer') && (
          <Button onClick={() => setDeclaring(true)} aria-label={say('quota-dialog.quota-of', { name })}>
            {say('provider-row.quota')}
          </Button>
        )}
      </div>
      {declaring && <QuotaDialog provider={name} onClose={() => setDeclaring(false)} />}
      {changing && <KeysDialog provider={provider} onClose={() => setChanging(false)} />}
    </li>
  )
}

const TONES = { ready: 'text-pass', resting: 'text-stale', missing: 'text-muted' } as const

const fromWords = ({ kind, from }: Provider['credentials'][number]): string => {
  if (from === null) return say('provider-row.stored')
  if (kind === 'azure') return say('provider-row.identity-at-azure', { place: from })
  if (kind === 'google') return say('provider-row.identity-at-google', { place: from })
  return kind === 'aws' ? say('provider-row.role-at-amazon', { place: from }) : from
}

function Keys({ credentials }: Pick<Provider, 'credentials'>) {
  if (credentials.length === 0) return <p className="text-data text-muted">{say('provider-row.wants-no-key')}</p>
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-data" aria-label={say('provider-row.keys')}>
      {credentials.map((one) => (
        <li key={one.name} className="min-w-0" title={one.state.kind === 'ready' ? undefined : one.state.reason}>
          <span className={`inline-flex items-center gap-1.5 ${TONES[one.state.kind]}`}>
            <span aria-hidden className="inline-block size-2 rounded-full bg-current" />
            <span className="text-text">{one.name}</span>
            {one.state.kind === 'resting'
              ? say('provider-row.rests', { reason: one.state.reason })
              : one.state.kind === 'missing'
                ? say('provider-row.missing')
                : say('provider-row.ready')}
          </span>
          <span className="ml-1.5 break-all text-muted">
            {fromWords(one)}
            {!one.inForce && say('provider-row.in-reserve')}
          </span>
        </li>
      ))}
    </ul>
  )
}

const Targets = ({ targets }: { targets: readonly Target[] }) => (
  <ul className="flex flex-col gap-1 text-data" aria-label={say('provider-row.targets')}>
    {targets.map((target) => (
      <li key={target.model} className="flex flex-wrap items-center gap-x-3">
        <span className="break-all">{target.model.slice(target.model.indexOf('/') + 1)}</span>
        <Breaker target={target} />
        <span className="text-muted">
          {say('provider-row.answered', {
            answered: number(target.answered),
            latencyMs: target.latencyMs !== null && `, ${duration(target.latencyMs)}`,
            sum:
              sum(Object.values(target.failedBy)) > 0 && say('provider-row.failed', { failuresOf: failuresOf(target) }),
          })}
        </span>
      </li>
    ))}
  </ul>
)

/** Of a server of one's own; others say nothing of themselves. */
function Load({ name }: { name: string }) {
  const { data } = useQuery({
    queryKey: ['provider-load', name],
    queryFn: () => client.getProviderLoad({ params: { name } }),
    refetchInterval: ({ state }) => (state.error ? false : LOAD_MS),
    retry: false,
  })
  return data ? <p className={`text-data ${data.healthy ? 'text-muted' : 'text-fail'}`}>{sayLoad(data)}</p> : null
}

export function sayLoad({
  server,
  version,
  reason,
  running,
  waiting,
  capacity,
  cacheUsed,
  tokensPerSecond,
}: ServerLoad) {
  const parts = [
    server === null ? null : `${server}${version === null ? '' : ` ${version}`}`,
    reason,
    running === null
      ? null
      : say('provider-row.under-way', { running, capacity: capacity === null ? '' : ` of ${capacity}` }),
    waiting === null ? null : `${waiting} waiting`,
    tokensPerSecond === null ? null : say('provider-row.tokens-a-second', { tokensPerSecond: number(tokensPerSecond) }),
    cacheUsed === null ? null : `cache ${percent(cacheUsed, 0)} full`,
  ]
  return parts.filter((part) => part !== null).join(' · ')
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)
