/** One rollout, live: the decision now in a sentence, what it rests on, and the buttons that stop it. */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { MetricReading, ServedRollout } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { minutes, money, number, percent, sentence } from '../data/format.ts'
import { metricLabel, reasonWords } from '../data/metric-names.ts'
import { evidenceList, rollout, rolloutHistory, useNames } from '../data/queries.ts'
import type { RolloutHistory } from '../data/shapes.ts'
import { Ago, Dot } from '../ui/bits.tsx'
import { Page, Section } from '../ui/page.tsx'
import { Loaded, Waiting } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
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
      title={
        found
          ? say('rollout.rollout-r-r', { controlNumber: found.controlNumber, candidateNumber: found.candidateNumber })
          : say('rollout.rollout')
      }
      crumbs={
        found
          ? [
              { label: say('rollout.applications'), href: '/applications' },
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
  advance: say('rollout.advance'),
  hold: say('rollout.hold'),
  abort: say('rollout.roll-back'),
  complete: say('rollout.complete'),
  'fall-back': say('rollout.back-to-the-release-before'),
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
              <strong>{say('rollout.aborted-by-a-person')}</strong> {sentence(found.reason)}
            </>
          ) : found.latest ? (
            <>
              <strong>
                {isOpen(found.state) ? say('rollout.decision-now') : say('rollout.last-decision')}:{' '}
                {DECISIONS[found.latest.decision]}.
              </strong>{' '}
              {found.latest.why.map((why) => sentence(reasonWords(why))).join(' ')}
            </>
          ) : (
            sayWith('rollout.the-first-is-made-when-each-arm', {
              part: <strong>{say('rollout.no-decision-yet')}</strong>,
              users: say('many.user', { n: found.plan.minimumUnits }),
            })
          )}
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-x-2 text-muted">
          <span>
            {found.stage},{' '}
            {found.plan.strategy === 'canary' ? <Term of="canary">{say('rollout.canary')}</Term> : found.plan.strategy}
          </span>
          <Dot />
          <span>
            {sayWith('rollout.begun-by', { when: <Ago at={found.startedAt} />, startedBy: nameOf(found.startedBy) })}
          </span>
          <Dot />
          <span>
            {found.endedAt
              ? sayWith('rollout.ended', { when: <Ago at={found.endedAt} /> })
              : sayWith('rollout.this-step-since', {
                  when: <Ago at={found.stepStartedAt} live />,
                  term: <Term of="soak">{say('rollout.soak')}</Term>,
                  soakMinutes: found.plan.soakMinutes === 0 ? say('rollout.none') : minutes(found.plan.soakMinutes),
                })}
          </span>
          {found.latest && (
            <>
              <Dot />
              <Term of="sampleRatio">
                {found.latest.sampleRatio.mismatch
                  ? say('rollout.shares-of-users-are-off-comparison-stopped')
                  : say('rollout.shares-of-users-as-planned')}
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
        title={say('rollout.metrics')}
        note={say('rollout.rolls-back-at-over-all-of-them', {
          alphaRollback: number(found.plan.alphaRollback),
          alphaPromote: number(found.plan.alphaPromote),
        })}
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
            {say('rollout.nothing-was-observed-yet-metrics', {
              metrics: found.plan.metrics.map(({ name }) => metricLabel(name)).join(', '),
            })}
          </p>
        )}
      </Section>
      {metric && (
        <Section
          title={say('rollout.evidence-over-time', { metricLabel: metricLabel(metric.name) })}
          note={readings.find((reading) => reading.metric === metric.name)?.why}
        >
          {history === undefined ? (
            <Waiting rows={10} />
          ) : history.length > 1 ? (
            <SequentialPicture key={metric.name} history={history} metric={metric} />
          ) : (
            <p className="text-muted">{say('rollout.the-picture-begins-with-the-second-decision')}</p>
          )}
        </Section>
      )}
      <SeriesSection rollout={found} />
      <Section title={say('rollout.decision-log')}>
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
  const { runs, skipped, capped, costMicroUsd } = scored
  return (
    <p className="mt-2 text-muted">
      {sayWith('rollout.of-both-arms-was-scored-by-blind', {
        answers: say('many.answer', { n: runs }),
        suite: plan.scores.suite,
        skipped:
          skipped > 0 &&
          (capped > 0
            ? say('rollout.and-left-out-by-a-cap', { skipped: number(skipped), capped: number(capped) })
            : say('rollout.and-left-out', { skipped: number(skipped) })),
        costMicroUsd: money(costMicroUsd),
        usd: plan.scores.usd,
        n: runs,
      })}
    </p>
  )
}
