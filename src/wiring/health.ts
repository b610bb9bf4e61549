/** What `/readyz` says. A gateway that knows its last state is ready while the database is away. */
import type { Access } from '../access/index.ts'
import { messageOf } from '../kernel/failure.ts'
import { SECOND } from '../kernel/time.ts'
import type { Telemetry } from '../telemetry/index.ts'

const PATIENCE_MS = 2 * SECOND
type Check = { name: string; ok: boolean; detail: string }

export const healthOf =
  ({
    kind,
    goesOnWithout,
    access,
    telemetry,
  }: {
    kind: string
    /** Serves from memory while the database is away. */
    goesOnWithout: boolean
    access: Pick<Access, 'revision'>
    telemetry: Pick<Telemetry, 'status'>
  }) =>
  async (): Promise<Check[]> => {
    const { state, lastError } = telemetry.status()
    return [await databaseCheck(), { name: 'spool', ok: state === 'ok', detail: lastError ?? 'written' }]

    async function databaseCheck(): Promise<Check> {
      try {
        await Promise.race([access.revision(), late()])
        return { name: 'database', ok: true, detail: kind }
      } catch (thrown) {
        const detail = goesOnWithout ? `${messageOf(thrown)} Serving the last known state.` : messageOf(thrown)
        return { name: 'database', ok: goesOnWithout, detail }
      }
    }
  }

const late = (): Promise<never> =>
  new Promise((_, refuse) => {
    setTimeout(() => refuse(new Error('The database does not answer within two seconds.')), PATIENCE_MS).unref()
  })
