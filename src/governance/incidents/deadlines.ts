/** By when others must be told of incidents, of many applications in one question. */
import type { Application } from '../../core/application.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Database } from '../../store/database.ts'
import { settingOf } from './answer.ts'
import type { LegalSetting, RunningClock } from './clocks.ts'
import type { Incident } from './incident.ts'
import { listIncidents } from './store.ts'

export type Deadline = { readonly incident: string; readonly title: string; readonly dueAt: Instant }

/** Of all applications together. */
const MOST = 100_000

/** Those that run or are over, by application. */
export async function deadlinesOf(
  applications: readonly Pick<Application, 'name' | 'documents'>[],
  {
    db,
    organisation,
    clocks,
  }: {
    db: Database
    organisation: string
    clocks: (incident: Incident, setting: LegalSetting) => readonly RunningClock[]
  },
): Promise<ReadonlyMap<string, Deadline[]>> {
  const [only, ...others] = applications
  const filter = only && others.length === 0 ? { application: only.name } : {}
  const incidents = await listIncidents(db, organisation, filter, { limit: MOST })
  const byApplication = Map.groupBy(incidents, ({ application }) => application)
  return new Map(
    applications.flatMap((application): [string, Deadline[]][] => {
      const own = byApplication.get(application.name)
      if (!own) return []
      const setting = settingOf(application)
      return [[application.name, own.flatMap((one) => dueOf(one, clocks(one, setting)))]]
    }),
  )
}

const dueOf = ({ id, title }: Incident, clocks: readonly RunningClock[]): Deadline[] =>
  clocks.flatMap(({ state, dueAt, law, article }) =>
    dueAt !== null && (state === 'running' || state === 'overdue')
      ? [{ incident: id, title: `${law}, ${article}: ${title}`, dueAt }]
      : [],
  )
