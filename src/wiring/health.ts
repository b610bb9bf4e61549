/** What `/readyz` looks at. */
import type { Readiness } from '../api/index.ts'
import type { Telemetry } from '../telemetry/index.ts'

export const healthOf = (database: string, telemetry: ReturnType<Telemetry['status']>): Readiness['checks'] => [
  { name: 'database', ok: true, detail: database },
  { name: 'spool', ok: telemetry.state === 'ok', detail: telemetry.lastError ?? 'written' },
]
