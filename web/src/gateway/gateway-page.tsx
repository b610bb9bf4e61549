/** The gateway as it is now: what comes in, how long it takes and why, what fails, and how the targets stand. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { duration, number, percent } from '../data/format.ts'
import { gatewayReports } from '../data/queries.ts'
import type { GatewayReport } from '../data/shapes.ts'
import { Ago, Command } from '../ui/bits.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { Parts } from './parts.tsx'
import { type Together, together } from './reports.ts'
import { TargetTable } from './target-table.tsx'

export function GatewayPage() {
  const query = useQuery(gatewayReports)
  return (
    <Page title={say('gateway.gateway')}>
      <Parts at="/gateway" />
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              title={say('gateway.no-gateway-says-anything')}
              command={<Command text={'AIRWORTHY_ROLES=gateway npx airworthy up'} />}
            >
              {say('gateway.no-process-with-the-role-gateway-runs')}
            </Empty>
          ) : (
            <Live reports={items} all={together(items)} />
          )
        }
      </Loaded>
    </Page>
  )
}

function Live({ reports, all }: { reports: readonly GatewayReport[]; all: Together }) {
  const several = reports.length > 1
  return (
    <>
      <Lead>{leadOf(all)}</Lead>
      <dl className="mb-2 grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-6">
        <Figure name="requests a second" value={number(all.requests / all.seconds, 1)} />
        <Figure name="under way" value={String(all.underWay)} />
        <Figure
          name="failed"
          value={all.requests === 0 ? '–' : percent(all.failed / all.requests)}
          bad={all.failed > 0}
        />
        <Figure name="answer, median" value={all.latency ? duration(all.latency.p50) : '–'} />
        <Figure name="ours, median" value={all.overhead ? duration(all.overhead.p50) : '–'} />
        <Figure name="from the cache" value={all.cacheAsked === 0 ? '–' : percent(all.cacheHits / all.cacheAsked)} />
      </dl>
      <Section title={say('gateway.requests')} note={say('gateway.each-of-the-last-sixty-seconds')}>
        <Bars counts={all.perSecond} />
      </Section>
      <div className="mt-8 grid gap-x-10 gap-y-8 lg:grid-cols-2">
        <div>
          <Section
            title={say('gateway.time')}
            note={several ? say('gateway.last-ten-seconds-of-the-slowest-gateway') : say('gateway.last-ten-seconds')}
          >
            <TimeTable all={all} />
          </Section>
        </div>
        <div>
          <Section title={say('gateway.errors')} note={say('gateway.last-ten-seconds')}>
            <Counts
              counts={[
                ...all.errors,
                ...(all.cancelled > 0 ? [[say('gateway.the-client-hung-up'), all.cancelled] as const] : []),
              ]}
            />
          </Section>
          {all.guardrails.length > 0 && (
            <Section title={say('gateway.guardrails')} note={say('gateway.what-they-found-last-ten-seconds')}>
              <Counts counts={all.guardrails} />
            </Section>
          )}
        </div>
      </div>
      <Section title={say('gateway.targets')} count={all.targets.length} note={say('gateway.since-the-start')}>
        {all.targets.length === 0 ? (
          <p className="text-muted">{say('gateway.no-model-of-a-provider-was-asked')}</p>
        ) : (
          <TargetTable targets={all.targets} share={all.servedBy} />
        )}
      </Section>
      {several && (
        <Section title={say('gateway.gateways')} count={reports.length}>
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">{say('gateway.process')}</th>
                <th scope="col" className="num">
                  {say('gateway.a-second')}
                </th>
                <th scope="col" className="num">
                  {say('gateway.under-way')}
                </th>
                <th scope="col">{say('gateway.heard')}</th>
              </tr>
            </thead>
            <tbody>
              {reports.map(({ process, at, underWay, window }) => (
                <tr key={process}>
                  <td className="break-all font-mono text-[0.75rem]">{process}</td>
                  <td className="num">{number(window.requests / window.seconds, 1)}</td>
                  <td className="num">{underWay}</td>
                  <td>
                    <Ago at={at} live />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      )}
    </>
  )
}

function Counts({ counts }: { counts: readonly (readonly [what: string, count: number])[] }) {
  if (counts.length === 0) return <p className="text-muted">{say('gateway.none')}</p>
  return (
    <table className="data-table">
      <tbody>
        {counts.map(([what, count]) => (
          <tr key={what}>
            <td className="break-all">{what}</td>
            <td className="num">{count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function leadOf({ requests, seconds, failed, targets }: Together): string {
  const resting = targets.filter(({ breaker }) => breaker !== 'closed').map(({ model }) => model)
  const traffic =
    requests === 0
      ? say('gateway.nothing-was-asked-in-the-last-seconds', { seconds })
      : say('gateway.in-the-last-seconds', {
          requests: say('many.request', { n: requests }),
          seconds,
          failed: failed === 0 ? say('gateway.none-failed') : `${failed} failed`,
        })
  const health =
    targets.length === 0
      ? ''
      : resting.length === 0
        ? say('gateway.all-stand-well', { targets: say('many.target', { n: targets.length }) })
        : say('gateway.rests-after-failures-rest-after-failures', { resting: resting.join(', '), n: resting.length })
  return traffic + health
}

const Figure = ({ name, value, bad = false }: { name: string; value: ReactNode; bad?: boolean }) => (
  <div className="flex flex-col-reverse">
    <dt className="text-data text-muted">{name}</dt>
    <dd className={`text-title tabular-nums ${bad ? 'text-fail' : ''}`}>{value}</dd>
  </div>
)

function TimeTable({ all: { latency, firstToken, overhead } }: { all: Together }) {
  const rows = [
    [say('gateway.whole-answer'), latency],
    [say('gateway.to-the-first-piece'), firstToken],
    [say('gateway.ours-of-it'), overhead],
  ] as const
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{say('gateway.part')}</th>
          {['median', '95 %', '99 %'].map((name) => (
            <th key={name} scope="col" className="num">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, spread]) => (
          <tr key={name}>
            <td>{name}</td>
            {(['p50', 'p95', 'p99'] as const).map((quantile) => (
              <td key={quantile} className="num">
                {spread === null ? '–' : duration(spread[quantile])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const HEIGHT = 64

/** One bar a second, the newest at the right. */
function Bars({ counts }: { counts: readonly number[] }) {
  const most = Math.max(1, ...counts)
  return (
    <figure className="m-0">
      <svg
        role="img"
        aria-label={say('gateway.requests-a-second-over-the-last-minute', { most })}
        viewBox={`0 0 ${counts.length * 4} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-16 w-full text-accent"
      >
        {counts.map((count, second) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a second is its place
            key={second}
            x={second * 4 + 0.5}
            width={3}
            y={HEIGHT - (count / most) * (HEIGHT - 2) - (count > 0 ? 2 : 1)}
            height={(count / most) * (HEIGHT - 2) + (count > 0 ? 2 : 1)}
            fill={count > 0 ? 'currentColor' : 'var(--border)'}
          />
        ))}
      </svg>
      <figcaption className="flex justify-between text-data text-muted">
        <span>{say('gateway.a-minute-ago')}</span>
        <span>{sayWith('gateway.at-most-a-second', { most })}</span>
        <span>{say('gateway.now')}</span>
      </figcaption>
    </figure>
  )
}
