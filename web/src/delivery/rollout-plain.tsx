/** A rollout for somebody who is no statistician: what happens now, how much is still to be seen, what would stop it. */
import type { MetricReading, ServedRollout } from '../../../sdk/index.ts'
import { many, money, number, percent } from '../data/format.ts'
import { metricLabel } from '../data/metric-names.ts'
import { Section } from '../ui/page.tsx'
import { isOpen } from './rollout-state.tsx'

export function RolloutPlain({ rollout }: { rollout: ServedRollout }) {
  const readings = rollout.latest?.metrics ?? []
  return (
    <Section title="In plain words">
      <ul className="prose-width list-disc pl-5">
        {plainWords(rollout).map((words) => (
          <li key={words} className="py-0.5">
            {words}
          </li>
        ))}
      </ul>
      {isOpen(rollout.state) && readings.length > 0 && (
        <ul aria-label="How much is still to be seen" className="mt-4 flex max-w-xl flex-col gap-2">
          {readings.map((reading) => (
            <Clock key={reading.metric} reading={reading} />
          ))}
        </ul>
      )}
    </Section>
  )
}

export function plainWords(rollout: ServedRollout): string[] {
  const { candidateNumber, controlNumber, plan, share, state, statistics, latest } = rollout
  const seen = statistics.reduce(
    (sum, { firstSeen }) => ({
      control: sum.control + firstSeen.control,
      candidate: sum.candidate + firstSeen.candidate,
    }),
    { control: 0, candidate: 0 },
  )
  const counted = `${isOpen(state) ? 'So far' : 'In all'} ${many(seen.candidate, 'user')} got r${candidateNumber} and ${many(seen.control, 'user')} got r${controlNumber}.`
  if (plan.strategy === 'shadow') return shadowWords(rollout)
  if (!isOpen(state)) return [END[state] ?? '', counted].filter(Boolean)
  const waiting = latest?.metrics.filter(({ verdict }) => verdict === 'undecided') ?? []
  const settled = latest?.metrics.filter(({ verdict }) => verdict === 'not-worse') ?? []
  return [
    plan.strategy === 'cohort'
      ? `Only a chosen group takes part, until ${plan.endsAt?.slice(0, 16).replace('T', ' ') ?? 'its end'} (UTC); everybody else gets r${controlNumber}.`
      : share === 1
        ? `Everybody gets r${candidateNumber}; r${controlNumber} is kept ready to take over again.`
        : `Of every 100 users ${percent(share, 0)} get r${candidateNumber}, the others r${controlNumber}. A user keeps the one that it was given.`.replace(
            /Of every 100 users (\S+)\s%/,
            'Of every 100 users $1',
          ),
    counted,
    ...(settled.length > 0
      ? [`Shown to be good enough: ${settled.map(({ metric }) => metricLabel(metric)).join(', ')}.`]
      : []),
    ...(waiting.length > 0
      ? [`Not clear yet: ${waiting.map(({ metric }) => metricLabel(metric)).join(', ')}. More users decide it.`]
      : []),
    ...(latest?.incident ? ['The release before is unwell too, so this looks like trouble elsewhere. It waits.'] : []),
    plan.advance === 'person' || plan.strategy === 'cohort'
      ? 'It goes on only when somebody says so, and goes back by itself on harm.'
      : 'It goes on by itself when every metric is shown to be good enough, and goes back by itself on harm. Without users it waits; it never goes on because time has passed.',
  ]
}

function shadowWords({ candidateNumber, controlNumber, plan, shadowed, state }: ServedRollout): string[] {
  const { runs = 0, skipped = 0, costMicroUsd = '0' } = shadowed ?? {}
  const said = `Everybody gets r${controlNumber}. r${candidateNumber} answers the same questions of ${percent(plan.shadow?.sample ?? 0, 0)} of the users, and nobody sees its answers.`
  const ended = {
    completed: `It is over: r${candidateNumber} was not worse on the same questions. No traffic was moved; a canary comes next.`,
    'rolled-back': `It is over: r${candidateNumber} did worse on the same questions. Nobody was answered by it.`,
  }[state as string]
  return [
    ended ?? said,
    `It answered ${many(runs, 'question')}${skipped > 0 ? ` and was left out ${many(skipped, 'time')}` : ''}, for ${money(costMicroUsd)} of at most $${plan.shadow?.usd ?? 0}.`,
  ]
}

const END: Partial<Record<ServedRollout['state'], string>> = {
  completed: 'It is over: everybody gets the new release.',
  'rolled-back': 'It is over: the new release did harm, and everybody gets the one before again.',
  aborted: 'It was ended: everybody gets the release before.',
}

/** How far a metric is from being decided, in users. */
function Clock({ reading }: { reading: MetricReading }) {
  const { metric, control, candidate, unitsNeeded, verdict } = reading
  const seen = control.units + candidate.units
  const all = verdict === 'undecided' ? (unitsNeeded === null ? null : seen + unitsNeeded) : seen
  const share = all === null ? 0 : all === 0 ? 0 : seen / all
  const words =
    verdict === 'harm'
      ? 'harm found'
      : verdict === 'not-worse'
        ? `decided with ${number(seen)} users`
        : unitsNeeded === null
          ? `${number(seen)} users; more alone will hardly decide it`
          : `${number(seen)} of about ${number(seen + unitsNeeded)} users`
  return (
    <li>
      <span className="flex flex-wrap justify-between gap-x-3">
        <span>{metricLabel(metric)}</span>
        <span className="text-muted">{words}</span>
      </span>
      <span
        role="progressbar"
        aria-label={`${metricLabel(metric)}: ${words}`}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        className="mt-1 block h-1.5 overflow-hidden rounded-full bg-hover"
      >
        <span
          className={`block h-full ${verdict === 'harm' ? 'bg-fail' : 'bg-candidate'}`}
          style={{ width: `${Math.round(share * 100)}%` }}
        />
      </span>
    </li>
  )
}
