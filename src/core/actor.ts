/** Who acts: a person or a program, with one role in the installation and duties in applications. */
import { z } from 'zod'
import { idOf } from '../kernel/ids.ts'

export const ActorId = idOf('act')
export type ActorId = z.infer<typeof ActorId>

/** A role is a set of permissions in the installation. */
export const Role = z.enum(['owner', 'builder', 'approver', 'security', 'auditor', 'viewer'])
export type Role = z.infer<typeof Role>

/** A duty is what a person signs for in one application. */
export const Duty = z.enum([
  'business-owner',
  'technical-lead',
  'security',
  'privacy',
  'risk',
  'executive',
  'operations',
  'data-steward',
  'training',
])
export type Duty = z.infer<typeof Duty>

/** Who holds which duty of one application, by name or by the id of the actor, as `airworthy.yaml` has it. */
export const Duties = z.partialRecord(Duty, z.string())
export type Duties = z.infer<typeof Duties>

/** What a route asks for; roles map to sets of these (in `access`). */
export const Permission = z.enum([
  'view',
  'infer',
  'infer-models',
  'build',
  'operate',
  'attest',
  'promote',
  'waive',
  'audit',
  /** Give people a copy of what is kept about them, and delete it. */
  'privacy',
  'administer',
])
export type Permission = z.infer<typeof Permission>

/** The one organisation of an installation; every row carries it. */
export const Organisation = z.string().min(1)
export const DEFAULT_ORGANISATION = 'default'
