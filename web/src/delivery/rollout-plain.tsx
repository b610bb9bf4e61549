/** A rollout for somebody who is no statistician: what happens now, how much is still to be seen, what would stop it. */
import type { MetricReading, ServedRollout } from '../../../sdk/index.ts'
import { money, number, percent } from '../data/format.ts'
import { metricLabel } from '../data/metric-names.ts'
import { Section } from '../ui/page.tsx'
import { say } from '../words/say.ts'
import { isOpen } from './rollout-state.tsx'

export function RolloutPlain({ rollout }: { rollout: ServedRollout }) {
  const readings = rollout.latest?.metrics ?? []
  return (
    <Section title={say('rollout-plain.in-plain-words')}>
      <ul className="prose-width list-disc pl-5">
        {plainWords(rollout).map((words) => (
          <li key={words} className="py-0.5">
            {words}
          </li>
        ))}
      </ul>
      {isOpen(rollout.state) && readings.length > 0 && (
        <ul
          aria-label={say('rollout-plain.how-much-is-still-to-be-seen')}
          className="mt-4 flex max-w-xl flex-col gap-2"
        >
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
  const got = {
    users: say('many.user', { n: seen.candidate }),
    candidateNumber,
    others: say('many.user', { n: seen.control }),
    controlNumber,
  }
  const counted = isOpen(state)
    ? say('rollout-plain.so-far-users-got', got)
    : say('rollout-plain.in-all-users-got', got)
  if (plan.strategy === 'shadow') return shadowWords(rollout)
  if (!isOpen(state)) return [END[state] ?? '', counted].filter(Boolean)
  const waiting = latest?.metrics.filter(({ verdict }) => verdict === 'undecided') ?? []
  const settled = latest?.metrics.filter(({ verdict }) => verdict === 'not-worse') ?? []
  return [
    plan.strategy === 'cohort'
      ? say('rollout-plain.only-a-chosen-group-takes-part-until', {
          endsAt: plan.endsAt?.slice(0, 16).replace('T', ' ') ?? say('rollout-plain.its-end'),
          controlNumber,
        })
      : share === 1
        ? say('rollout-plain.everybody-gets-r-r-is-kept-ready', { candidateNumber, controlNumber })
        : say('rollout-plain.of-every-100-users-get-r-the', {
            share: number(Math.round(share * 100)),
            candidateNumber,
            controlNumber,
          }),
    counted,
    ...(settled.length > 0
      ? [
          say('rollout-plain.shown-to-be-good-enough', {
            settled: settled.map(({ metric }) => metricLabel(metric)).join(', '),
          }),
        ]
      : []),
    ...(waiting.length > 0
      ? [
          say('rollout-plain.not-clear-yet-more-users-decide-it', {
            waiting: waiting.map(({ metric }) => metricLabel(metric)).join(', '),
          }),
        ]
      : []),
    ...(latest?.incident ? [say('rollout-plain.the-release-before-is-unwell-too-so')] : []),
    plan.advance === 'person' || plan.strategy === 'cohort'
      ? say('rollout-plain.it-goes-on-only-when-somebody-says')
      : say('rollout-plain.it-goes-on-by-itself-when-every'),
  ]
}

function shadowWords({ candidateNumber, controlNumber, plan, shadowed, state }: ServedRollout): string[] {
  const { runs = 0, skipped = 0, costMicroUsd = '0' } = shadowed ?? {}
  const said = say('rollout-plain.everybody-gets-r-r-answers-the-same', {
    controlNumber,
    candidateNumber,
    sample: percent(plan.shadow?.sample ?? 0, 0),
  })
  const ended = {
    completed: say('rollout-plain.it-is-over-r-was-not-worse', { candidateNumber }),
    'rolled-back': say('rollout-plain.it-is-over-r-did-worse-on', { candidateNumber }),
  }[state as string]
  return [
    ended ?? said,
    say('rollout-plain.it-answered-for-of-at-most', {
      questions: say('many.question', { n: runs }),
      skipped: skipped > 0 ? say('rollout-plain.and-was-left-out', { times: say('many.time', { n: skipped }) }) : '',
      costMicroUsd: money(costMicroUsd),
      usd: plan.shadow?.usd ?? 0,
    }),
  ]
}

const END: Partial<Record<ServedRollout['state'], string>> = {
  completed: say('rollout-plain.it-is-over-everybody-gets-the-new'),
  'rolled-back': say('rollout-plain.it-is-over-the-new-release-did'),
  aborted: say('rollout-plain.it-was-ended-everybody-gets-the-release'),
}

/** How far a metric is from being decided, in users. */
function Clock({ reading }: { reading: MetricReading }) {
  const { metric, control, candidate, unitsNeeded, verdict } = reading
  const seen = control.units + candidate.units
  const all = verdict === 'undecided' ? (unitsNeeded === null ? null : seen + unitsNeeded) : seen
  const share = all === null ? 0 : all === 0 ? 0 : seen / all
  const words =
    verdict === 'harm'
      ? say('rollout-plain.harm-found')
      : verdict === 'not-worse'
        ? say('rollout-plain.decided-with-users', { seen: number(seen) })
        : unitsNeeded === null
          ? say('rollout-plain.users-more-alone-will-hardly-decide-it', { seen: number(seen) })
          : say('rollout-plain.of-about-users', { seen: number(seen), seen2: number(seen + unitsNeeded) })
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
