/** Routes of delivery: applications, releases, gates, promotions, waivers, and, by name, those of blueprints and rollouts. */
import { z } from 'zod'
import { BlueprintFiles, FilePath } from '../core/blueprint/files.ts'
import { GateCatalogue } from '../core/check.ts'
import { Name } from '../core/names.ts'
import { ReleaseId } from '../core/release.ts'
import { RolloutPlan } from '../core/rollout.ts'
import { GateDecision } from '../core/verdict.ts'
import { MicroUsd } from '../kernel/money.ts'
import { Page, pageOf, route } from '../wire/route.ts'
import { Compatibility } from './compatibility.ts'
import { GatedStage } from './gated-stage.ts'
import { Promotion } from './promotion.ts'
import {
  Change,
  JobReference,
  ReleaseSummary,
  RunPlan,
  ServedApplication,
  ServedRelease,
  ServedRollout,
} from './served.ts'

export { checkBlueprint, getBlueprint, putBlueprint, putBlueprintFile } from './blueprint-routes.ts'
export {
  getCatalogueChanges,
  getDebt,
  getFlow,
  getGateDecision,
  getNextSteps,
  getPortfolio,
  getReleaseReadiness,
  getStandingChecks,
  keepGateDecision,
  listGateChecks,
  listGateDecisions,
  previewProfile,
  replayGateDecision,
} from './gate-routes.ts'
export { GatedStage } from './gated-stage.ts'
export { acceptRolloutPlan, drillRollback, forecastRollout } from './plan-routes.ts'
export {
  abortRollout,
  advanceRollout,
  confirmRollout,
  getLive,
  getRollout,
  getRolloutHistory,
  getRolloutVerdict,
  listRollouts,
  pauseRollout,
  replayRollout,
  resumeRollout,
  startRollout,
} from './rollout-routes.ts'
export { decideWaiver, endWaiver, listWaivers, requestWaiver } from './waiver-routes.ts'

const MEBIBYTE = 1024 * 1024
const oneApplication = z.object({ name: Name })
const oneRelease = z.object({ id: ReleaseId })
const ofRelease = { application: Name.optional(), release: ReleaseId.optional() }
const Flag = z.enum(['true', 'false']).default('false')

// Applications

export const createApplication = route({
  name: 'createApplication',
  method: 'POST',
  path: '/api/v1/applications',
  summary: 'Create an application from a template or from the files of a blueprint',
  permission: 'build',
  example: { name: 'support', template: 'support-assistant' },
  mcp: true,
  maxBodyBytes: 32 * MEBIBYTE,
  body: z.strictObject({ name: Name, template: z.string().optional(), files: BlueprintFiles.optional() }),
  returns: { 201: ServedApplication },
})

export const listApplications = route({
  name: 'listApplications',
  method: 'GET',
  path: '/api/v1/applications',
  summary: 'List applications with their stages, by name',
  permission: 'view',
  mcp: true,
  query: Page,
  returns: { 200: pageOf(ServedApplication) },
})

export const listApplicationNames = route({
  name: 'listApplicationNames',
  method: 'GET',
  path: '/api/v1/application-names',
  summary: 'List what applications are called, all of them at once',
  permission: 'view',
  returns: { 200: z.object({ items: z.array(ServedApplication.pick({ name: true, description: true })) }) },
})

export const getApplication = route({
  name: 'getApplication',
  method: 'GET',
  path: '/api/v1/applications/:name',
  summary: 'Read one application',
  permission: 'view',
  mcp: true,
  params: oneApplication,
  query: z.object({ documents: Flag.describe('true: with the values of its documents') }),
  returns: { 200: ServedApplication },
})

// Releases

export const freezeRelease = route({
  name: 'freezeRelease',
  method: 'POST',
  path: '/api/v1/applications/:name/releases',
  summary: 'Freeze the blueprint into a release; an unchanged one gives the release that is there, with 200',
  permission: 'build',
  mcp: true,
  params: oneApplication,
  body: z.strictObject({ commit: z.string().max(200).optional() }),
  returns: { 201: ServedRelease, 200: ServedRelease },
})

export const listReleases = route({
  name: 'listReleases',
  method: 'GET',
  path: '/api/v1/applications/:name/releases',
  summary: 'List the releases of an application, newest first, without their manifests',
  permission: 'view',
  mcp: true,
  params: oneApplication,
  query: Page.extend({
    cursor: z
      .string()
      .regex(/^\d{1,9}$/, 'use the `next` of the page before')
      .optional(),
  }),
  returns: { 200: pageOf(ReleaseSummary) },
})

export const getRelease = route({
  name: 'getRelease',
  method: 'GET',
  path: '/api/v1/releases/:id',
  summary: 'Read a release: stage, manifest, scorecard',
  permission: 'view',
  mcp: true,
  params: oneRelease,
  returns: { 200: ServedRelease },
})

export const getReleaseCompatibility = route({
  name: 'getReleaseCompatibility',
  method: 'GET',
  path: '/api/v1/releases/:id/compatibility',
  summary: 'Say whether a release can take over from another and give back again, by default the one frozen before',
  permission: 'view',
  mcp: true,
  params: oneRelease,
  query: z.object({ since: ReleaseId.optional() }),
  returns: {
    200: z.object({
      since: ReleaseId.nullable(),
      /** When this release takes over. */
      forward: z.array(Compatibility),
      /** When the other one takes back. */
      back: z.array(Compatibility),
    }),
  },
})

export const getReleaseChanges = route({
  name: 'getReleaseChanges',
  method: 'GET',
  path: '/api/v1/releases/:id/changes',
  summary: 'Say in words what changed since another release, by default the one frozen before',
  permission: 'view',
  mcp: true,
  params: oneRelease,
  query: z.object({ since: ReleaseId.optional() }),
  returns: { 200: z.object({ since: ReleaseId.nullable(), items: z.array(Change) }) },
})

// Gates

export const getGate = route({
  name: 'getGate',
  method: 'GET',
  path: '/api/v1/releases/:id/gates/:stage',
  summary: 'Judge a release at the gate into a stage: the decision with every finding',
  permission: 'view',
  mcp: true,
  params: oneRelease.extend({ stage: GatedStage }),
  returns: { 200: GateDecision },
})

export const runGate = route({
  name: 'runGate',
  method: 'POST',
  path: '/api/v1/releases/:id/gates/:stage/runs',
  summary: 'Run what answers the open questions of a gate, as a job; with dryRun only the quote',
  permission: 'build',
  mcp: true,
  params: oneRelease.extend({ stage: GatedStage }),
  body: z.strictObject({
    dryRun: z.boolean().default(false),
    maxCostMicroUsd: MicroUsd.optional(),
    checks: z.array(z.string()).min(1).max(100).optional(),
  }),
  returns: {
    202: z.object({ kind: z.literal('started'), job: JobReference, plan: RunPlan }),
    200: z.object({ kind: z.enum(['quote', 'nothing-to-run']), plan: RunPlan }),
    409: z.object({ kind: z.literal('over-budget'), plan: RunPlan }),
  },
})

// Promotions and waivers

export const promoteRelease = route({
  name: 'promoteRelease',
  method: 'POST',
  path: '/api/v1/releases/:id/promotions',
  summary: 'Promote a release into its next stage, if the gate there is open',
  permission: 'promote',
  example: { into: 'poc', rollout: 'none' },
  mcp: { destructive: true },
  approval: 'decision',
  params: oneRelease,
  body: z.strictObject({ into: GatedStage, rollout: z.union([RolloutPlan, z.literal('none')]).optional() }),
  returns: {
    201: z.object({
      kind: z.literal('promoted'),
      promotion: Promotion,
      /** True when the stage was empty and the release is live there now. */
      live: z.boolean(),
      rollout: ServedRollout.nullable(),
    }),
    409: GateDecision.extend({ kind: z.literal('held') }),
  },
})

export const listPromotions = route({
  name: 'listPromotions',
  method: 'GET',
  path: '/api/v1/promotions',
  summary: 'List promotions, newest first',
  permission: 'view',
  mcp: true,
  query: Page.extend(ofRelease),
  returns: { 200: pageOf(Promotion) },
})

export const getCatalogue = route({
  name: 'getCatalogue',
  method: 'GET',
  path: '/api/v1/catalogue',
  summary: 'Read the catalogue of checks and gates',
  permission: 'view',
  mcp: true,
  returns: { 200: GateCatalogue },
})

export const listTemplates = route({
  name: 'listTemplates',
  method: 'GET',
  path: '/api/v1/templates',
  summary: 'List the templates that an application can start from',
  permission: 'view',
  mcp: true,
  returns: {
    200: z.object({
      items: z.array(
        z.object({ name: z.string(), title: z.string(), description: z.string(), files: z.array(FilePath) }),
      ),
    }),
  },
})
