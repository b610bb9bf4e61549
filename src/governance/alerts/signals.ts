/**
 * What there is to tell of an application now, and which alerts begin and end by it. Pure.
 *
 * Invariant: what nobody could look at neither begins nor ends an alert.
 */
import type { KpiStanding } from '../charter/charter-view.ts'
import type { Alert } from '../compass/compass.ts'
import type { AlertKind, RaisedAlert } from './alert.ts'

export type Signal = {
  readonly kind: AlertKind
  readonly subject: string
  readonly state: 'firing' | 'quiet' | 'unknown'
  readonly title: string
  readonly says: string
}

type Kpi = Pick<KpiStanding, 'name' | 'state' | 'unit' | 'actual' | 'alertAt' | 'killAt'>
type Source = { readonly name: string; readonly dueOn: string | null; readonly isOverdue: boolean }

export function signalsOf({
  alerts,
  kpis,
  sources,
}: {
  alerts: readonly Alert[]
  kpis: readonly Kpi[]
  sources: readonly Source[]
}): Signal[] {
  return [
    ...alerts.map(({ kind, title, state, says }) => ({ kind, subject: '', state, title, says })),
    ...kpis.flatMap(kpiSignals),
    ...sources.map(
      ({ name, dueOn, isOverdue }): Signal => ({
        kind: 'freshness',
        subject: name,
        state: isOverdue ? 'firing' : 'quiet',
        title: `${name} is past its day`,
        says: `It was to be refreshed by ${dueOn ?? 'no day'}. Refresh it and write the day into inventory.yaml.`,
      }),
    ),
  ]
}

/** A crossed line and a value that is over-due are two pieces of news. */
function kpiSignals({ name, state, unit, actual, alertAt, killAt }: Kpi): Signal[] {
  if (!actual) return []
  const line = state === 'stop' ? killAt : alertAt
  const isCrossed = state === 'stop' || state === 'alert'
  return [
    {
      kind: 'kpi',
      subject: name,
      // A value that is old says nothing of today.
      state: isCrossed ? 'firing' : state === 'old' ? 'unknown' : 'quiet',
      title: state === 'stop' ? `${name} reached the line at which to stop` : `${name} crossed its line`,
      says: `It is ${actual.value}${unit ? ` ${unit}` : ''}, measured on ${actual.measuredAt.slice(0, 10)}; the line of the charter is ${line ?? 'not set'}.`,
    },
    {
      kind: 'kpi-old',
      subject: name,
      state: state === 'old' ? 'firing' : isCrossed ? 'unknown' : 'quiet',
      title: `${name} was not measured in time`,
      says: `Its last value is of ${actual.measuredAt.slice(0, 10)}. Send a new one: POST /api/v1/applications/…/kpi-values, or as CSV.`,
    },
  ]
}

/** What became of swapped models and prompts of a release: what is open and what came out worse are two pieces of news. */
export function swapSignals(
  number: number,
  {
    changed,
    verdict,
  }: {
    changed: readonly string[]
    verdict: 'none' | 'open' | 'better' | 'worse' | 'equivalent' | 'undecided'
  },
): Signal[] {
  return [
    {
      kind: 'swap',
      subject: `r${number}`,
      state: verdict === 'open' ? 'firing' : 'quiet',
      title: `r${number} swaps ${changed.join(', ')}, and nobody measured both`,
      says: 'Ask the release before and this one the same: `airworthy swap` says what it takes, `--run` does it.',
    },
    {
      kind: 'swap',
      subject: `r${number} worse`,
      state: verdict === 'worse' ? 'firing' : 'quiet',
      title: `r${number} is worse after it swapped ${changed.join(', ')}`,
      says: 'The probes on both releases came out worse: look at the answers that differ, or go back.',
    },
  ]
}

/** @param failing what the documents of a release fail in, in sentences */
export const documentsSignal = (number: number, failing: readonly string[]): Signal => ({
  kind: 'documents',
  subject: `r${number}`,
  state: failing.length > 0 ? 'firing' : 'quiet',
  title: `The documents of r${number} fail their measures`,
  says: failing.join(' '),
})

/** @param open alerts of the application that are not over */
export function changesOf(
  open: readonly RaisedAlert[],
  signals: readonly Signal[],
): { begin: Signal[]; end: RaisedAlert[] } {
  const key = ({ kind, subject }: Pick<Signal, 'kind' | 'subject'>) => `${kind} ${subject}`
  const lasting = new Set(open.map(key))
  const byKey = new Map(signals.map((signal) => [key(signal), signal]))
  return {
    begin: signals.filter((signal) => signal.state === 'firing' && !lasting.has(key(signal))),
    // A KPI or a source that is no longer there needs nobody.
    end: open.filter((alert) => (byKey.get(key(alert))?.state ?? 'quiet') === 'quiet'),
  }
}
