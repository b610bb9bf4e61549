/**
 * Words for what the server says by a word of its own: states, phases, roles. A state that has no words here is said as
 * the server writes it, so that nothing is ever hidden.
 */
import { say } from './say.ts'

type Phase = 'discovery' | 'development' | 'deployment' | 'monitoring' | 'improvement'

export const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  discovery: say('states.discovery'),
  development: say('states.development'),
  deployment: say('states.deployment'),
  monitoring: say('states.monitoring'),
  improvement: say('states.improvement'),
}

const STATES: Readonly<Partial<Record<string, string>>> = {
  aborted: say('states.aborted'),
  accepted: say('states.accepted'),
  asked: say('states.asked'),
  cancelled: say('states.cancelled'),
  closed: say('states.closed'),
  completed: say('states.completed'),
  contained: say('states.contained'),
  done: say('states.done'),
  edited: say('states.edited'),
  expired: say('states.expired'),
  failed: say('states.failed'),
  finished: say('states.finished'),
  fixed: say('states.fixed'),
  given: say('states.given'),
  holding: say('states.holding'),
  lapsed: say('states.lapsed'),
  made: say('states.made'),
  making: say('states.making'),
  open: say('states.open'),
  over: say('states.over'),
  paused: say('states.paused'),
  planned: say('states.planned'),
  proposed: say('states.proposed'),
  queued: say('states.queued'),
  refused: say('states.refused'),
  released: say('states.released'),
  requested: say('states.requested'),
  retested: say('states.retested'),
  'rolled-back': say('states.rolled-back'),
  running: say('states.running'),
  seen: say('states.seen'),
  succeeded: say('states.succeeded'),
  unknown: say('states.unknown'),
  waiting: say('states.waiting'),
  withdrawn: say('states.withdrawn'),
}

export const stateWord = (state: string): string => STATES[state] ?? state

const ROLES: Readonly<Partial<Record<string, string>>> = {
  owner: say('states.role-owner'),
  builder: say('states.role-builder'),
  approver: say('states.role-approver'),
  security: say('states.role-security'),
  auditor: say('states.role-auditor'),
  viewer: say('states.role-viewer'),
}

export const roleWord = (role: string): string => ROLES[role] ?? role
