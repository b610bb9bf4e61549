/** Deadlines that laws set after an incident, computed from data. Pure; evidence for whoever decides, no legal advice. */
import { z } from 'zod'
import { HOUR, Instant, later } from '../../kernel/time.ts'
import { Harm, type Incident } from './incident.ts'

export const IncidentClock = z.strictObject({
  id: z.string(),
  law: z.string(),
  article: z.string(),
  title: z.string(),
  to: z.string(),
  /** From when somebody first knew; null where the law says at once and names no hours. */
  hours: z.number().positive().nullable(),
  regimes: z.array(z.string()).min(1),
  /** Null for every class. */
  riskClasses: z.array(z.string()).nullable(),
  harms: z.array(Harm).min(1),
  note: z.string(),
  source: z.url(),
})
export type IncidentClock = z.infer<typeof IncidentClock>

export const ClockPack = z.strictObject({
  name: z.string(),
  version: z.string(),
  asOf: z.iso.date(),
  note: z.string(),
  clocks: z.array(IncidentClock),
})
export type ClockPack = z.infer<typeof ClockPack>

export const RunningClock = IncidentClock.extend({
  /** yes: profile and class say so · maybe: one of them says nothing, so that it counts until somebody rules it out. */
  applies: z.enum(['yes', 'maybe']),
  /** Null where no hours are named. */
  dueAt: Instant.nullable(),
  /** running · overdue · reported · late: reported after its time · not-due: somebody said why. */
  state: z.enum(['running', 'overdue', 'reported', 'late', 'not-due']),
  reportedAt: Instant.nullable(),
})
export type RunningClock = z.infer<typeof RunningClock>

/** What of an application decides which laws count. */
export type LegalSetting = { readonly regimes: readonly string[]; readonly riskClass: string | null }

export const clocksOf = (
  incident: Pick<Incident, 'harms' | 'detectedAt' | 'reports'>,
  { pack, setting, now }: { pack: ClockPack; setting: LegalSetting; now: Instant },
): RunningClock[] =>
  pack.clocks
    .filter(({ harms }) => harms.some((harm) => incident.harms.includes(harm)))
    .flatMap((clock) => {
      const applies = appliesIn(clock, setting)
      return applies === 'no' ? [] : [{ ...clock, applies, ...stateOf(clock, incident, now) }]
    })
    .sort((one, other) => (one.dueAt ?? '9').localeCompare(other.dueAt ?? '9'))

function appliesIn({ regimes, riskClasses }: IncidentClock, setting: LegalSetting): 'yes' | 'maybe' | 'no' {
  if (setting.regimes.length > 0 && !setting.regimes.some((one) => regimes.includes(one))) return 'no'
  const { riskClass } = setting
  if (riskClasses !== null && riskClass !== null && !riskClasses.includes(riskClass)) return 'no'
  return setting.regimes.length > 0 && (riskClasses === null || riskClass !== null) ? 'yes' : 'maybe'
}

function stateOf(
  { id, hours }: IncidentClock,
  { detectedAt, reports }: Pick<Incident, 'detectedAt' | 'reports'>,
  now: Instant,
): Pick<RunningClock, 'dueAt' | 'state' | 'reportedAt'> {
  const dueAt = hours === null ? null : later(detectedAt, hours * HOUR)
  const said = reports.findLast(({ clock }) => clock === id)
  if (said?.kind === 'not-due') return { dueAt, state: 'not-due', reportedAt: null }
  if (said) return { dueAt, state: dueAt !== null && said.at > dueAt ? 'late' : 'reported', reportedAt: said.at }
  return { dueAt, state: dueAt !== null && now > dueAt ? 'overdue' : 'running', reportedAt: null }
}
