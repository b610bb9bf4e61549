/** The roles in the order of what they may do, each with that in words. */
import type { Role } from '../../../sdk/index.ts'

export const ROLES: readonly (readonly [Role, string])[] = [
  ['viewer', 'viewer: may look'],
  ['builder', 'builder: may build, measure, ask and promote'],
  ['approver', 'approver: may attest, waive and promote'],
  ['security', 'security: may attest, waive and operate'],
  ['auditor', 'auditor: may look and read the audit log'],
  ['owner', 'owner: may everything'],
]
