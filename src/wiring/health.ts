/**
 * What `/readyz` says. A gateway that knows its last state is ready while the database is away, also with traces that
 * wait for it in the spool; and every process is with a slow disk, because answers do not wait for it.
 */
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
    return [await databaseCheck(), spoolCheck()]

    function spoolCheck(): Check {
      const { waitsFor, lastError } = telemetry.status()
      const goesOn = waitsFor === null || waitsFor === 'slow-disk' || (waitsFor === 'database' && goesOnWithout)
      return { name: 'spool', ok: goesOn, detail: (waitsFor && lastError) ?? 'written' }
    }

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
