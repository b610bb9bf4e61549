/** Measures a release: what it would take first, then the run. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { ServedRelease } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { minutes, percent } from '../data/format.ts'
import { releases } from '../data/queries.ts'
import { Button, Price } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choice } from '../ui/field.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { QuoteParts, quoted } from './quote-parts.tsx'

export function StartExperiment({ release }: { release: ServedRelease }) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button onClick={() => setAsking(true)}>{say('start-experiment.measure')}</Button>
      {asking && <StartDialog release={release} onClose={() => setAsking(false)} />}
    </>
  )
}

export function StartDialog({
  release,
  suite: first,
  onClose,
}: {
  release: ServedRelease
  suite?: string
  onClose: () => void
}) {
  const [suite, setSuite] = useState(first ?? release.manifest.suites[0]?.name ?? '')
  const [against, setAgainst] = useState(release.manifest.baseline ? 'baseline' : '')
  const [serving, setServing] = useState<'real-time' | 'batch'>('real-time')
  const others = useQuery(releases(release.application)).data?.items.filter(({ id }) => id !== release.id) ?? []
  const [, navigate] = useLocation()
  const cache = useQueryClient()
  const params = { id: release.id }
  const body = { suite, against: against || null, serving }
  const quote = useQuery({
    queryKey: ['quote', release.id, body],
    queryFn: async () => {
      const answer = (await client.createExperiment({ params, body: { ...body, dryRun: true } })).body
      return answer.quote
    },
    enabled: suite !== '',
  })
  const start = useMutation({
    mutationFn: () => client.createExperiment({ params, body }),
    onSuccess: async ({ status, body: made }) => {
      await cache.invalidateQueries({ queryKey: ['experiment'] })
      if (status === 201 && 'id' in made) navigate(`/experiments/${made.id}`)
    },
  })
  return (
    <Dialog title={say('start-experiment.measure-r', { number: release.number })} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <Choice
          label={say('start-experiment.with-the-suite')}
          value={suite}
          onChange={setSuite}
          options={release.manifest.suites.map(({ name, dataset }) => [name, `${name}, on ${dataset}`] as const)}
        />
        <Choice
          label={say('start-experiment.against')}
          value={against}
          onChange={setAgainst}
          options={[
            ...(release.manifest.baseline ? [['baseline', say('start-experiment.the-named-baseline')] as const] : []),
            ...others.map(({ id, number }) => [id, `r${number}`] as const),
            ['', 'nothing'] as const,
          ]}
        />
        {((quote.data?.batch ?? null) !== null || serving === 'batch') && (
          <Choice
            label={say('start-experiment.answers-come')}
            value={serving}
            onChange={(mode) => setServing(mode === 'batch' ? 'batch' : 'real-time')}
            options={[
              ['real-time', say('start-experiment.at-once')] as const,
              ['batch', say('start-experiment.in-batches')] as const,
            ]}
          />
        )}
        {quote.data && (
          <p className="min-h-10 text-muted">
            {say('many.call', { n: quote.data.calls })}
            {quote.data.detectableDifference !== null &&
              say('start-experiment.it-would-see-a-difference-of-in', {
                detectableDifference: percent(quote.data.detectableDifference),
              })}
            . {quote.data.basis}
          </p>
        )}
        {quote.data && <QuoteParts quote={quote.data} />}
        {(quote.error ?? start.error) && <Trouble failure={quote.error ?? start.error} />}
        <div className="flex gap-2">
          <Button
            tone="primary"
            busy={start.isPending}
            disabled={!suite || (quote.data?.blocked ?? null) !== null}
            onClick={() => start.mutate()}
          >
            {sayWith('start-experiment.measure-2', {
              data: quote.data && (
                <Price>
                  {quoted(quote.data)} · {minutes(quote.data.minutes)}
                </Price>
              ),
            })}
          </Button>
          <Button onClick={onClose}>{say('start-experiment.not-now')}</Button>
        </div>
      </div>
    </Dialog>
  )
}
