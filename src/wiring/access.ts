/** What the settings say of access, as the slice takes it. */
import { join } from 'node:path'
import type { AccessDeps } from '../access/index.ts'
import type { Config } from '../config.ts'
import { HOUR, MINUTE } from '../kernel/time.ts'
import { demandSwitchable, type Late } from './switches.ts'

/** @param engine the embedded database has one process only, so there is nobody to ask about */
export const accessSettings = (
  config: Config,
  engine: 'embedded' | 'postgres',
  late: Late,
): Pick<AccessDeps, 'auditAnchor' | 'sessionTimes' | 'hasOthers' | 'people' | 'demandKnown'> => ({
  demandKnown: demandSwitchable(late),
  // A gateway or a worker alone would keep a second one.
  auditAnchor: config.roles.has('api') ? (config.auditAnchor ?? join(config.data, 'audit-anchor')) : undefined,
  sessionTimes: { wholeMs: config.sessionHours * HOUR, idleMs: config.sessionIdleMinutes * MINUTE },
  people: { secondFactor: config.secondFactor, oidc: config.oidc, proxyHops: config.proxyHops },
  hasOthers: engine === 'postgres',
})
