/** Routes, in memory for the gateway and in the database for the next start. */
import type { ActorId } from '../../core/actor.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Clock } from '../../kernel/time.ts'
import { type Database, inTransaction, type Tx } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import { type Remember, readOnly } from '../../store/remember.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import type { ModelRoute, ModelRouteInput } from './contract.ts'
import type { RouteRow } from './route-row.ts'
import { deleteRouteRow, listRouteRows, saveRouteRow } from './store.ts'

export type RoutesDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly organisation: string
  /** What has this name already (`the application shop`), as routes, applications and providers share one namespace. */
  readonly takenBy: (tx: Tx, name: string) => Promise<string | undefined>
  /** Throws the sentence for a model that nobody could be asked for. */
  readonly demandModel: (model: string) => void
  readonly record: RecordAudit
  /** For a process that goes on while the database is away. */
  readonly remember?: Remember
  readonly publish: (event: ChangeEvent) => void
}

export async function createRoutes({
  db,
  clock,
  organisation,
  takenBy,
  demandModel,
  record,
  publish,
  remember = readOnly,
}: RoutesDeps) {
  let routes = await read()

  async function read(): Promise<Map<string, ModelRoute>> {
    return new Map(
      (await remember('routes', () => listRouteRows(db, organisation))).map((row) => [row.name, shown(row)]),
    )
  }
  const tell = (name: string) => publish({ topic: 'route', id: name, application: null })

  return {
    find: (name: string): ModelRoute | undefined => routes.get(name),
    list: (): ModelRoute[] => [...routes.values()],
    get(name: string): ModelRoute {
      const known = routes.get(name)
      if (known) return known
      throw new Failure('unknown', 'models.route-unknown', `There is no route ${name}. ${knownNames(routes)}`)
    },
    /** Reads the rows again, for a process that did not write them. */
    async reload(): Promise<void> {
      routes = await read()
    },
    async put(name: string, route: ModelRouteInput, by: ActorId): Promise<ModelRoute> {
      for (const { model } of route.targets) demandModel(model)
      const row: RouteRow = { organisation, name, route, updatedAt: clock(), updatedBy: by }
      await inTransaction(db, async (tx) => {
        const taken = await takenBy(tx, name)
        if (taken)
          throw new Failure(
            'conflict',
            'models.name-taken',
            `The name ${name} belongs to ${taken}. Choose another name.`,
          )
        await saveRouteRow(tx, row)
        await record(tx, { actor: by, action: 'models.put-route', subject: name, detail: route })
      })
      routes = new Map(routes).set(name, shown(row))
      tell(name)
      return shown(row)
    },
    async remove(name: string, by: ActorId): Promise<void> {
      await inTransaction(db, async (tx) => {
        if (!(await deleteRouteRow(tx, organisation, name)))
          throw new Failure('unknown', 'models.route-unknown', `There is no route ${name}. ${knownNames(routes)}`)
        await record(tx, { actor: by, action: 'models.delete-route', subject: name })
      })
      routes = await read()
      tell(name)
    },
  }
}

export type Routes = Awaited<ReturnType<typeof createRoutes>>

const shown = ({ name, route, updatedAt }: RouteRow): ModelRoute => ({ name, ...route, updatedAt })

const knownNames = (routes: ReadonlyMap<string, unknown>): string =>
  routes.size === 0 ? 'There is none yet.' : `There are ${[...routes.keys()].join(', ')}.`
