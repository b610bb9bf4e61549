/** What a release bore when it was loaded, step by step, and how many processes its peak takes. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LoadRun, ServedRelease } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { number, percent } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Quantile } from '../telemetry/quantile.tsx'
import { ResponseTimes } from '../telemetry/response-times.tsx'
import { Ago, Command, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Scrollable } from '../ui/scrollable.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { stateWord } from '../words/states.ts'
import { LoadQuotas } from './load-quotas.tsx'
import { StartLoad } from './start-load.tsx'

type Result = NonNullable<LoadRun['result']>
type Step = Result['steps'][number]

export function LoadSection({ release }: { release: ServedRelease }) {
  const query = useQuery({
    queryKey: ['job', 'load-runs', release.id],
    queryFn: () => client.listLoadRuns({ params: { id: release.id } }),
  })
  const [asking, setAsking] = useState(false)
  const may = useMay()
  return (
    <Section
      title={say('load-section.load-and-capacity')}
      note={say('load-section.real-requests-through-the-gateway-by-a')}
      {...(may('build') &&
        release.live.length > 0 && {
          actions: <Button onClick={() => setAsking(true)}>{say('load-section.load-it')}</Button>,
        })}
    >
      <Loaded query={query} rows={2}>
        {({ items: [last] }) =>
          last ? (
            <Run run={last} />
          ) : (
            <Empty
              title={say('load-section.not-loaded-yet')}
              command={<Command text={`npx airworthy load ${release.application}`} />}
            >
              {say('load-section.what-it-bears-beyond-its-expected-peak')}
            </Empty>
          )
        }
      </Loaded>
      {asking && <StartLoad release={release} onClose={() => setAsking(false)} />}
    </Section>
  )
}

function Run({ run: { id, application, state, error, progress, plan, result, createdAt } }: { run: LoadRun }) {
  const { peakPerSecond, p95Ms } = plan.objectives
  return (
    <>
      <p className="prose-width mb-2">
        <span className="text-muted">
          {sayWith('load-section.expected-peak-a-second-begun', {
            peakPerSecond: number(peakPerSecond),
            p95Ms:
              p95Ms === null
                ? say('load-section.and-nobody-said-how-quick-it-has')
                : say('load-section.95-within-ms', { p95Ms: number(p95Ms) }),
            when: <Ago at={createdAt} />,
          })}
        </span>{' '}
        {result === null && <Tag>{stateWord(state)}</Tag>}
      </p>
      {result === null && error === null && (
        <p className="mb-2">
          {sayWith('load-section.of', {
            done: number(progress.done),
            requests: say('many.request', { n: progress.total ?? 0 }),
            message: progress.message,
          })}
        </p>
      )}
      {error !== null && <p className="break-words text-fail">{error}</p>}
      {result && (
        <>
          <ul className="prose-width mb-3 flex flex-col gap-1">
            {result.words.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
          <LoadQuotas quotas={result.capacity.quotas} />
          <Steps steps={result.steps} />
          <details className="prose-width mt-3">
            <summary className="text-muted">{say('load-section.what-it-leaves-open')}</summary>
            <ul className="mt-1 list-disc pl-5 text-muted">
              {result.capacity.notMeasured.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </details>
          {result.evidence && (
            <p className="mt-2">
              <TextLink href={`/evidence/${result.evidence}`}>{say('load-section.evidence-for-the-gate')}</TextLink>
            </p>
          )}
          <ResponseTimes application={application} run={id} />
        </>
      )}
    </>
  )
}

const STANDINGS: Readonly<Record<Step['standing'], { words: string; className: string }>> = {
  held: { words: 'held', className: 'text-pass' },
  failed: { words: 'failed', className: 'text-fail' },
  undecided: { words: 'undecided', className: 'text-muted' },
}

function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <Scrollable className="overflow-x-auto">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('load-section.step')}</th>
            <th scope="col" className="num">
              {say('load-section.answered')}
            </th>
            <th scope="col" className="num wide">
              {say('load-section.half-within')}
            </th>
            <th scope="col" className="num">
              {say('load-section.95-within')}
            </th>
            <th scope="col" className="num wide">
              {say('load-section.first-piece-95')}
            </th>
            <th scope="col">{say('load-section.standing')}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((one) => (
            <StepRow key={`${one.step.kind} ${one.step.factor}`} step={one} />
          ))}
        </tbody>
      </table>
    </Scrollable>
  )
}

function StepRow({ step: one }: { step: Step }) {
  const { words, className } = STANDINGS[one.standing]
  const { low, high } = one.errorRate.interval
  return (
    <tr>
      <td className="min-w-24">
        {one.step.kind === 'planned' ? say('load-section.peak', { factor: number(one.step.factor) }) : one.step.kind}
        <p className="text-muted">{say('load-section.a-second', { offeredPerSecond: number(one.offeredPerSecond) })}</p>
      </td>
      <td className="num">
        {say('load-section.of-2', { answered: number(one.answered), sent: number(one.sent) })}
        <p className="whitespace-nowrap text-muted">
          {say('load-section.fail', { low: percent(low), high: percent(high) })}
        </p>
      </td>
      <td className="num wide">
        <Quantile of={one.latencyMs} at="p50" />
      </td>
      <td className="num">
        <Quantile of={one.latencyMs} at="p95" />
      </td>
      <td className="num wide">
        <Quantile of={one.firstTokenMs} at="p95" />
      </td>
      <td>
        <span className={className}>
          {one.limitedBy === null ? words : say('load-section.limited-by-the', { limitedBy: one.limitedBy })}
        </span>
        {one.errors.length > 0 && (
          <p className="break-words text-muted">
            {one.errors.map(({ what, count }) => `${count} × ${what}`).join(', ')}
          </p>
        )}
      </td>
    </tr>
  )
}
