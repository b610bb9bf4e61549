/** One rollout, live: the decision now in a sentence, what it rests on, and the buttons that stop it. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { MetricReading, ServedRollout } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { many, minutes, money, number, percent, sentence } from '../data/format.ts'
import { metricLabel, reasonWords } from '../data/metric-names.ts'
import { evidenceList, rollout, rolloutHistory, useNames } from '../data/queries.ts'
import type { RolloutHistory } from '../data/shapes.ts'
import { Ago, Dot } from '../ui/bits.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Loaded, Waiting } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { DecisionLog } from './decision-log.tsx'
import { MetricTable } from './metric-table.tsx'
import { ReleaseTag } from './release-tag.tsx'
import { ReplayLine } from './replay-line.tsx'
import { RolloutActions } from './rollout-actions.tsx'
import { RolloutPlain } from './rollout-plain.tsx'
import { isOpen, RolloutStateLabel } from './rollout-state.tsx'
import { SequentialPicture } from './sequential-picture.tsx'
import { SeriesSection } from './series-section.tsx'
import { StepTrack } from './step-track.tsx'

export function RolloutPage({ id }: { id: string }) {
  const query = useQuery(rollout(id))
  const found = query.data
  return (
    <Page
      title={found ? `Rollout r${found.controlNumber} → r${found.candidateNumber}` : 'Rollout'}
      crumbs={
        found
          ? [
              { label: 'Applications', href: '/applications' },
              { label: found.application, href: `/applications/${found.application}` },
            ]
          : []
      }
      aside={found && <RolloutStateLabel state={found.state} />}
      actions={found && isOpen(found.state) && <RolloutActions rollout={found} />}
    >
      <Loaded query={query} rows={14}>
        {(loaded) => <RolloutBody rollout={loaded} />}
      </Loaded>
    </Page>
  )
}

/** The history as it was when the page opened, and every reading that was seen since. */
function useHistory({ id, latest }: ServedRollout): RolloutHistory | undefined {
  const cache = useQueryClient()
  const key = rolloutHistory(id).queryKey
  const known = useQuery(rolloutHistory(id)).data?.items
  const last = known?.at(-1)?.at ?? ''
  useEffect(() => {
    if (latest && known && latest.at > last)
      cache.setQueryData(key, (before) => before && { items: [...before.items, latest] })
  })
  return known
}

/** How many margins the difference is away from zero: the metric that moved most is shown first. */
const inMargins = ({ difference, margin }: MetricReading): number => Math.abs(difference ?? 0) / margin

const DECISIONS = {
  advance: 'Advance',
  hold: 'Hold',
  abort: 'Roll back',
  complete: 'Complete',
  'fall-back': 'Back to the release before',
} as const

function RolloutBody({ rollout: found }: { rollout: ServedRollout }) {
  const history = useHistory(found)
  const decisions = useQuery(evidenceList({ application: found.application, check: 'rollout.decision' })).data?.items
  const [asked, choose] = useParameter('metric')
  const readings = found.latest?.metrics ?? []
  const worst =
    readings.find(({ verdict }) => verdict === 'harm') ??
    readings.find(({ verdict }) => verdict === 'undecided') ??
    readings.toSorted((a, b) => inMargins(b) - inMargins(a))[0]
  const metric = found.plan.metrics.find(({ name }) => name === (asked ?? worst?.metric)) ?? found.plan.metrics[0]
  const nameOf = useNames()
  return (
    <>
      <div className="mb-6" aria-live="polite">
        <p className="prose-width text-prose">
          {found.state === 'aborted' ? (
            <>
              <strong>Aborted by a person.</strong> {sentence(found.reason)}
            </>
          ) : found.latest ? (
            <>
              <strong>
                {isOpen(found.state) ? 'Decision now' : 'Last decision'}: {DECISIONS[found.latest.decision]}.
              </strong>{' '}
              {found.latest.why.map((why) => sentence(reasonWords(why))).join(' ')}
            </>
          ) : (
            <>
              <strong>No decision yet.</strong> The first is made when each arm has{' '}
              {many(found.plan.minimumUnits, 'user')}.
            </>
          )}
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-x-2 text-muted">
          <span>
            {found.stage}, {found.plan.strategy === 'canary' ? <Term of="canary">canary</Term> : found.plan.strategy}
          </span>
          <Dot />
          <span>
            begun <Ago at={found.startedAt} /> by {nameOf(found.startedBy)}
          </span>
          <Dot />
          <span>
            {found.endedAt ? (
              <>
                ended <Ago at={found.endedAt} />
              </>
            ) : (
              <>
                this step since <Ago at={found.stepStartedAt} live />, <Term of="soak">soak</Term>{' '}
                {found.plan.soakMinutes === 0 ? 'none' : minutes(found.plan.soakMinutes)}
              </>
            )}
          </span>
          {found.latest && (
            <>
              <Dot />
              <Term of="sampleRatio">
                {found.latest.sampleRatio.mismatch
                  ? 'shares of users are off: comparison stopped'
                  : 'shares of users as planned'}
              </Term>
            </>
          )}
        </p>
      </div>
      <div className="mb-8 grid items-center gap-x-8 gap-y-4 md:grid-cols-[auto_1fr]">
        <div className="flex items-center gap-3">
          <ReleaseTag id={found.control} number={found.controlNumber} />{' '}
          <span className="text-control">{percent(1 - found.share, 0)}</span>
          <span aria-hidden>→</span>
          <ReleaseTag id={found.candidate} number={found.candidateNumber} />{' '}
          <span className="text-candidate">{percent(found.share, 0)}</span>
        </div>
        <StepTrack rollout={found} />
      </div>
      <RolloutPlain rollout={found} />
      <Section
        title="Metrics"
        note={`Rolls back at α = ${number(found.plan.alphaRollback)} over all of them; advances when each is not worse at α = ${number(found.plan.alphaPromote)}.`}
      >
        <MetricTable
          readings={readings}
          plan={found.plan.metrics}
          statistics={found.statistics}
          chosen={metric?.name}
          onChoose={choose}
        />
        <ScoredLine rollout={found} />
        {readings.length === 0 && (
          <p className="text-muted">
            Nothing was observed yet. Metrics: {found.plan.metrics.map(({ name }) => metricLabel(name)).join(', ')}.
          </p>
        )}
      </Section>
      {metric && (
        <Section
          title={`Evidence over time: ${metricLabel(metric.name)}`}
          note={readings.find((reading) => reading.metric === metric.name)?.why}
        >
          {history === undefined ? (
            <Waiting rows={10} />
          ) : history.length > 1 ? (
            <SequentialPicture key={metric.name} history={history} metric={metric} />
          ) : (
            <p className="text-muted">The picture begins with the second decision.</p>
          )}
        </Section>
      )}
      <SeriesSection rollout={found} />
      <Section title="Decision log">
        <DecisionLog
          decisions={decisions?.filter(({ source }) => source?.includes(found.id)) ?? []}
          history={history ?? []}
        />
        <ReplayLine id={found.id} />
      </Section>
    </>
  )
}

/** What scoring a sample has come to, in a sentence. */
function ScoredLine({ rollout: { scored, plan } }: { rollout: ServedRollout }) {
  if (!scored || !plan.scores) return null
  const { runs, skipped, costMicroUsd } = scored
  return (
    <p className="mt-2 text-muted">
      {many(runs, 'answer')} of both arms {runs === 1 ? 'was' : 'were'} scored by {plan.scores.suite}, blind to the arm
      {skipped > 0 && `, and ${number(skipped)} left out`}, for {money(costMicroUsd)} of at most ${plan.scores.usd}.
    </p>
  )
}
