/** Keys that a provider said back in an answer, as the audit log keeps them, so that somebody is told and stores another one. */
import type { ActorId } from '../../core/actor.ts'
import { HOUR } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'

export const SAID_BACK_ACTION = 'models.key-said-back'

export type SaidBackDeps = {
  readonly db: Database
  readonly record: RecordAudit
  readonly systemActor: ActorId
  readonly report: (thrown: unknown) => void
  readonly nowMs: () => number
}

/** Who says it back does so with every answer; once an hour is enough to know. */
export function createSaidBack({ db, record, systemActor, report, nowMs }: SaidBackDeps) {
  const told = new Map<string, number>()
  return (provider: string, credential: string): void => {
    const place = `${provider}\n${credential}`
    if (nowMs() - (told.get(place) ?? Number.NEGATIVE_INFINITY) < HOUR) return
    told.set(place, nowMs())
    const entry = { actor: systemActor, action: SAID_BACK_ACTION, subject: provider, detail: { credential } }
    inTransaction(db, (tx) => record(tx, entry)).catch((thrown) => {
      told.delete(place)
      report(thrown)
    })
  }
}
