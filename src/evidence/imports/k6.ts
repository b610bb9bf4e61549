/** k6: the end-of-test summary, as `handleSummary` gives it or as `--summary-export` writes it. */
import { z } from 'zod'
import { count, parseJson, type ReportReader, unknownFact, unreadable } from './report.ts'

const Metric = z.record(z.string(), z.unknown())
const Summary = z.looseObject({ metrics: z.record(z.string(), Metric) })

export const k6: ReportReader = {
  tool: 'k6',
  read(content, figures) {
    const parsed = Summary.safeParse(parseJson('k6', content))
    if (!parsed.success) throw unreadable('k6', 'it has no `metrics`.')
    const { metrics } = parsed.data
    /** A figure of a metric in either form; null when it is not there. */
    const figure = (metric: string, ...names: string[]): number | null => {
      const values = metrics[metric]?.values ?? metrics[metric]
      const record = Metric.safeParse(values).data ?? {}
      const found = names.map((name) => record[name]).find((value) => typeof value === 'number')
      return typeof found === 'number' ? found : null
    }
    const p95 = figure('http_req_duration', 'p(95)')
    const failed = figure('http_req_failed', 'rate', 'value')
    const perSecond = figure('http_reqs', 'rate')
    if (p95 === null && failed === null) throw unreadable('k6', 'it has neither http_req_duration nor http_req_failed.')
    const requests = figure('http_reqs', 'count')
    const ratio = (value: number | null, whole: unknown) =>
      value !== null && typeof whole === 'number' && whole > 0 ? count(value / whole) : unknownFact
    return {
      version: 'summary',
      reports: [
        {
          check: 'perf.load',
          summary: `k6: ${requests ?? 'an unknown number of'} requests, p95 ${p95 === null ? 'not known' : `${Math.round(p95)} ms`}, ${failed === null ? 'failures not known' : `${Math.round(failed * 10_000) / 100} % failed`}.`,
          facts: {
            errorRate: failed === null ? unknownFact : { value: failed, ...(requests !== null && { n: requests }) },
            p95Ms: p95 === null ? unknownFact : count(p95, 'ms'),
            peakFactor: ratio(perSecond, figures.expectedPeakPerSecond),
            p95OfTarget: ratio(p95, figures.p95ObjectiveMs),
            ttftOfTarget: ratio(figure('http_req_waiting', 'p(95)'), figures.ttftObjectiveMs),
          },
        },
      ],
    }
  },
}
