/** What the settings say of access, as the slice takes it. */
import { join } from 'node:path'
import type { AccessDeps } from '../access/index.ts'
import type { Config } from '../config.ts'
import { HOUR, MINUTE, SECOND } from '../kernel/time.ts'
import { demandSwitchable, type Late } from './switches.ts'

/** How often a process asks whether another one has changed something. */
const REFRESH_MS = 2 * SECOND

/** @param engine the embedded database has one process only, so there is nobody to ask about */
export const accessSettings = (
  config: Config,
  engine: 'embedded' | 'postgres',
  late: Late,
): Pick<AccessDeps, 'auditAnchor' | 'sessionTimes' | 'refreshMs' | 'people' | 'demandKnown'> => ({
  demandKnown: demandSwitchable(late),
  auditAnchor: config.auditAnchor ?? join(config.data, 'audit-anchor'),
  sessionTimes: { wholeMs: config.sessionHours * HOUR, idleMs: config.sessionIdleMinutes * MINUTE },
  people: { secondFactor: config.secondFactor, oidc: config.oidc, proxyHops: config.proxyHops },
  refreshMs: engine === 'postgres' ? REFRESH_MS : null,
})
