/** What the engine says of itself: its version, and whether what goes to it is encrypted on the way. */
import type { Engine } from './engine.ts'

export type ConnectionFacts = {
  readonly kind: Engine['kind']
  readonly version: string
  /** Of this connection; null where nothing leaves the process. */
  readonly isEncrypted: boolean | null
}

/** What lies on its disk an engine cannot tell: a client sees no encryption of files. */
export async function connectionFacts(engine: Engine): Promise<ConnectionFacts> {
  const connection = await engine.acquire()
  try {
    const isOwn = engine.kind === 'embedded'
    const { rows } = await connection.script(isOwn ? VERSION : WITH_SSL)
    return { kind: engine.kind, version: String(rows[0]?.version), isEncrypted: isOwn ? null : rows[0]?.ssl === true }
  } finally {
    connection.release()
  }
}

const VERSION = `select current_setting('server_version') as version`
const WITH_SSL = `select current_setting('server_version') as version,
  (select ssl from pg_stat_ssl where pid = pg_backend_pid()) as ssl`
