/** What the settings say of access, as the slice takes it. */
import { join } from 'node:path'
import type { AccessDeps } from '../access/index.ts'
import type { Config } from '../config.ts'
import { HOUR, MINUTE } from '../kernel/time.ts'
import { demandSwitchable, type Late } from './switches.ts'

/** @param hasOthers whether other processes change the same tables */
export const accessSettings = (
  config: Config,
  hasOthers: boolean,
  late: Late,
): Pick<AccessDeps, 'auditAnchor' | 'sessionTimes' | 'hasOthers' | 'people' | 'demandKnown'> => ({
  demandKnown: demandSwitchable(late),
  // A gateway or a worker alone would keep a second one.
  auditAnchor: config.roles.has('api') ? (config.auditAnchor ?? join(config.data, 'audit-anchor')) : undefined,
  sessionTimes: { wholeMs: config.sessionHours * HOUR, idleMs: config.sessionIdleMinutes * MINUTE },
  people: { secondFactor: config.secondFactor, oidc: config.oidc, proxyHops: config.proxyHops },
  hasOthers,
})
