/** What the settings say of access, as the slice takes it. */
import { join } from 'node:path'
import type { AccessDeps } from '../access/index.ts'
import type { Config } from '../config.ts'
import { HOUR, MINUTE } from '../kernel/time.ts'
import type { Store } from '../store/store.ts'
import { demandSwitchable, type Late } from './switches.ts'

/** What the settings and the store say of access. */
export const accessSettings = (
  config: Config,
  { hasOthers, id }: Pick<Store, 'hasOthers' | 'id'>,
  late: Late,
): Pick<AccessDeps, 'auditAnchor' | 'sessionTimes' | 'hasOthers' | 'writer' | 'people' | 'demandKnown'> => ({
  demandKnown: demandSwitchable(late),
  // A gateway or a worker alone would keep a second one.
  auditAnchor: config.roles.has('api') ? (config.auditAnchor ?? join(config.data, 'audit-anchor')) : undefined,
  sessionTimes: { wholeMs: config.sessionHours * HOUR, idleMs: config.sessionIdleMinutes * MINUTE },
  people: { secondFactor: config.secondFactor, oidc: config.oidc, proxyHops: config.proxyHops },
  hasOthers,
  writer: id,
})
