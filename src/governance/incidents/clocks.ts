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
  /** The clock whose report starts this one; null where it runs from when somebody first knew. */
  after: z.string().nullable(),
  regimes: z.array(z.string()).min(1),
  /** Null for every class. */
  riskClasses: z.array(z.string()).nullable(),
  /** It counts where more people than these are affected; null for any number. */
  moreThanPeople: z.number().int().positive().nullable(),
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
  /** Null where no hours are named, and as long as it waits. */
  dueAt: Instant.nullable(),
  /** waiting: for the report that starts it · running · overdue · reported · late: after its time · not-due: somebody said why. */
  state: z.enum(['waiting', 'running', 'overdue', 'reported', 'late', 'not-due']),
  reportedAt: Instant.nullable(),
})
export type RunningClock = z.infer<typeof RunningClock>

/** What of an application decides which laws count. */
export type LegalSetting = { readonly regimes: readonly string[]; readonly riskClass: string | null }

type Told = Pick<Incident, 'harms' | 'detectedAt' | 'reports' | 'affectedPeople'>

export const clocksOf = (
  incident: Told,
  { pack, setting, now }: { pack: ClockPack; setting: LegalSetting; now: Instant },
): RunningClock[] =>
  pack.clocks
    .filter(({ harms }) => harms.some((harm) => incident.harms.includes(harm)))
    .flatMap((clock) => {
      const applies = appliesIn(clock, setting, incident)
      return applies === 'no' ? [] : [{ ...clock, applies, ...stateOf(clock, incident, now) }]
    })
    .sort((one, other) => (one.dueAt ?? '9').localeCompare(other.dueAt ?? '9'))

function appliesIn(
  { regimes, riskClasses, moreThanPeople, after }: IncidentClock,
  setting: LegalSetting,
  incident: Told,
): 'yes' | 'maybe' | 'no' {
  if (setting.regimes.length > 0 && !setting.regimes.some((one) => regimes.includes(one))) return 'no'
  const { riskClass } = setting
  if (riskClasses !== null && riskClass !== null && !riskClasses.includes(riskClass)) return 'no'
  if (moreThanPeople !== null && (incident.affectedPeople ?? Infinity) <= moreThanPeople) return 'no'
  // What need not be told to anybody has no copy either.
  if (after !== null && lastReport(after, incident)?.kind === 'not-due') return 'no'
  const isSaid = setting.regimes.length > 0 && (riskClasses === null || riskClass !== null)
  // Of those affected nobody says how many live where the law counts them.
  return isSaid && moreThanPeople === null ? 'yes' : 'maybe'
}

function stateOf(
  { id, hours, after }: IncidentClock,
  incident: Told,
  now: Instant,
): Pick<RunningClock, 'dueAt' | 'state' | 'reportedAt'> {
  const from = after === null ? incident.detectedAt : (lastReport(after, incident)?.at ?? null)
  const dueAt = hours === null || from === null ? null : later(from, hours * HOUR)
  const said = lastReport(id, incident)
  if (said?.kind === 'not-due') return { dueAt, state: 'not-due', reportedAt: null }
  if (said) return { dueAt, state: dueAt !== null && said.at > dueAt ? 'late' : 'reported', reportedAt: said.at }
  if (from === null) return { dueAt, state: 'waiting', reportedAt: null }
  return { dueAt, state: dueAt !== null && now > dueAt ? 'overdue' : 'running', reportedAt: null }
}

const lastReport = (id: string, { reports }: Told): Incident['reports'][number] | undefined =>
  reports.findLast(({ clock }) => clock === id)
