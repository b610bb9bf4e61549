/** What both arms did over time, as it was recorded: no comparison, only what happened. */
import { useQuery } from '@tanstack/react-query'
import type { ServedRollout } from '../../../sdk/index.ts'
import { Plot } from '../charts/plot.tsx'
import { useParameter } from '../data/address.ts'
import { duration, money, number, percent } from '../data/format.ts'
import { rolloutSeries } from '../data/queries.ts'
import type { Series } from '../data/shapes.ts'
import { clockTime } from '../data/time.ts'
import { Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'

type Point = Series['items'][number]['points'][number]

const FIGURES = {
  requests: {
    label: say('series-section.requests'),
    of: ({ requests }: Point) => requests,
    say: (value: number) => number(value),
  },
  errors: {
    label: say('series-section.errors'),
    of: ({ errors, requests }: Point) => errors / requests,
    say: (value: number) => percent(value),
  },
  guardHits: {
    label: say('series-section.guardrail-hits'),
    of: ({ guardHits, requests }: Point) => guardHits / requests,
    say: (value: number) => percent(value),
  },
  latency: {
    label: say('series-section.95-of-answers-within'),
    of: ({ latencyP95Ms }: Point) => latencyP95Ms,
    say: (value: number) => duration(value),
  },
  cost: {
    label: say('series-section.cost-of-a-request'),
    of: ({ costMicroUsd, priced }: Point) => (priced === 0 ? null : Number(costMicroUsd) / priced),
    say: (value: number) => money(String(value)),
  },
} as const

type Figure = keyof typeof FIGURES
const isFigure = (word: string | undefined): word is Figure => word !== undefined && word in FIGURES

export function SeriesSection({ rollout }: { rollout: ServedRollout }) {
  const query = useQuery(rolloutSeries(rollout))
  const [asked, choose] = useParameter('series')
  const figure = isFigure(asked) ? asked : 'requests'
  return (
    <Section
      title={say('series-section.both-arms-over-time')}
      note={say('series-section.as-recorded-in-stretches-of-equal-length')}
    >
      <fieldset aria-label={say('series-section.what-is-shown')} className="mb-3 flex flex-wrap gap-x-4 gap-y-1">
        {(Object.keys(FIGURES) as Figure[]).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === figure}
            onClick={() => choose(one)}
            className={`rounded ${one === figure ? 'font-medium' : 'text-muted hover:text-text'}`}
          >
            {FIGURES[one].label}
          </button>
        ))}
      </fieldset>
      <Loaded query={query} rows={6}>
        {(series) =>
          series.items.length === 0 ? (
            <p className="text-muted">{say('series-section.nobody-has-asked-under-this-rollout-yet')}</p>
          ) : (
            <Arms series={series} figure={figure} />
          )
        }
      </Loaded>
    </Section>
  )
}

function Arms({ series, figure }: { series: Series; figure: Figure }) {
  const { label, of, say: written } = FIGURES[figure]
  const times = [...new Set(series.items.flatMap(({ points }) => points.map(({ at }) => at)))].sort()
  const valuesOf = (arm: 'control' | 'candidate') => {
    const points = series.items.find((item) => item.arm === arm)?.points ?? []
    const byTime = new Map(points.map((point) => [point.at, of(point)]))
    return times.map((at) => byTime.get(at) ?? null)
  }
  const arms = { control: valuesOf('control'), candidate: valuesOf('candidate') }
  return (
    <>
      <ul className="mb-1 flex gap-x-4 text-muted">
        {(['control', 'candidate'] as const).map((arm) => (
          <li key={arm} className="flex items-center gap-1.5">
            <span aria-hidden className="h-0.5 w-4 rounded" style={{ background: `var(--arm-${arm})` }} />
            {arm}
          </li>
        ))}
      </ul>
      <Plot
        key={figure}
        label={say('series-section.of-both-arms-over-time', { label })}
        times={times.map((at) => Date.parse(at) / 1000)}
        sync="rollout-series"
        height={168}
        format={written}
        range={(_, high) => [0, high * 1.1 || 1]}
        hasTimeAxis
        lines={[
          {
            label: say('series-section.control'),
            values: arms.control,
            color: 'var(--arm-control)',
            width: 2,
            hasDots: true,
          },
          {
            label: say('series-section.candidate'),
            values: arms.candidate,
            color: 'var(--arm-candidate)',
            width: 2,
            hasDots: true,
          },
        ]}
      />
      <details>
        <summary className="rounded text-muted">{say('series-section.as-a-table')}</summary>
        <div className="mt-2 max-h-80 overflow-auto">
          <table className="data-table">
            <thead>
              <tr>
                {['from', 'control', 'candidate'].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {times.map((at, index) => (
                <tr key={at}>
                  <td>{clockTime(at)}</td>
                  {(['control', 'candidate'] as const).map((arm) => {
                    const value = arms[arm][index]
                    return <td key={arm}>{value === null || value === undefined ? '–' : written(value)}</td>
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  )
}
