/** What incidents say to `prod.incident`. Pure. */
import type { ActorId } from '../../core/actor.ts'
import type { Application } from '../../core/application.ts'
import { Profile } from '../../core/blueprint/schema.ts'
import type { EvidenceDraft } from '../../core/evidence.ts'
import type { Instant } from '../../kernel/time.ts'
import { Classification } from '../documents/classification.ts'
import { type ClockPack, clocksOf, type LegalSetting } from './clocks.ts'
import { type Incident, isGrave, isOpenGrave } from './incident.ts'

type Given = { incidents: readonly Incident[]; pack: ClockPack; setting: LegalSetting; now: Instant }

export function incidentDraft(
  about: { application: string; by: ActorId },
  { incidents, pack, setting, now }: Given,
): Omit<EvidenceDraft, 'release'> {
  const clocks = incidents.flatMap((one) => clocksOf(one, { pack, setting, now }))
  const overdue = clocks.filter(({ state }) => state === 'overdue')
  const grave = incidents.filter(isGrave)
  const unsaid = grave.filter(({ harms }) => harms.length === 0)
  const open = incidents.filter(isOpenGrave).length
  return {
    ...about,
    check: 'prod.incident',
    summary: [
      incidents.length === 0
        ? 'No incident is on record.'
        : `${incidents.length} on record, ${open} grave and not ended with a fix.`,
      ...overdue.map(({ law, article, dueAt }) => `${law}, ${article} was due on ${dueAt?.slice(0, 16)}.`),
      ...unsaid.map(({ title }) => `Nobody said whom “${title}” harmed, so that no deadline can be told.`),
    ].join(' '),
    facts: {
      reportsOverdue: { value: overdue.length },
      clockShown: { value: unsaid.length === 0 },
      openGrave: { value: open, n: grave.length },
      lateReports: { value: clocks.filter(({ state }) => state === 'late').length },
    },
    inputs: [],
    producer: { name: 'governance/incidents', version: '1' },
    trust: 'measured',
    example: incidents.some(({ example }) => example),
  }
}

/** Which laws count for an application, as its documents say; what they do not say is unknown and not absent. */
export function settingOf({ documents }: Pick<Application, 'documents'>): LegalSetting {
  const riskClass = Classification.safeParse(documents.classification?.value).data?.riskClass ?? null
  return {
    regimes: Profile.safeParse(documents.profile?.value).data?.regimes ?? [],
    riskClass: riskClass === 'unsure' ? null : riskClass,
  }
}
