/** The roles in the order of what they may do, each with that in words. */
import type { Role } from '../../../sdk/index.ts'
import { say } from '../words/say.ts'

export const ROLES: readonly (readonly [Role, string])[] = [
  ['viewer', say('roles.viewer-may-look')],
  ['builder', say('roles.builder-may-build-measure-ask-and-promote')],
  ['approver', say('roles.approver-may-attest-waive-and-promote')],
  ['security', say('roles.security-may-attest-waive-and-operate')],
  ['auditor', say('roles.auditor-may-look-and-read-the-audit')],
  ['owner', say('roles.owner-may-everything')],
]
