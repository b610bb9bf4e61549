/** Routes of delivery: applications, releases, gates, promotions, waivers, and, by name, those of rollouts. */
import { z } from 'zod'
import { BlueprintFiles, FilePath } from '../core/blueprint/files.ts'
import { GateCatalogue } from '../core/check.ts'
import { Name } from '../core/names.ts'
import { ReleaseId } from '../core/release.ts'
import { RolloutPlan } from '../core/rollout.ts'
import { Stage } from '../core/stage.ts'
import { GateDecision, Waiver, WaiverId } from '../core/verdict.ts'
import { Digest } from '../kernel/digest.ts'
import { MicroUsd } from '../kernel/money.ts'
import { Page, pageOf, route } from '../wire/route.ts'
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

export {
  abortRollout,
  getLive,
  getRollout,
  getRolloutHistory,
  listRollouts,
  pauseRollout,
  resumeRollout,
  startRollout,
} from './rollout-routes.ts'

const MEBIBYTE = 1024 * 1024
const oneApplication = z.object({ name: Name })
const oneRelease = z.object({ id: ReleaseId })
const ofRelease = { application: Name.optional(), release: ReleaseId.optional() }
const Flag = z.enum(['true', 'false']).default('false')
/** Stages that have a gate before them; the sandbox has none. */
export const GatedStage = Stage.exclude(['sandbox'])
const reason = z.string().trim().min(10, 'give the reason in at least 10 characters')

const ProblemItem = z.object({
  field: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
  file: z.string().optional(),
  line: z.number().optional(),
})

// Applications and blueprints

export const createApplication = route({
  name: 'createApplication',
  method: 'POST',
  path: '/api/v1/applications',
  summary: 'Create an application from a template or from the files of a blueprint',
  permission: 'build',
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
  query: Page,
  returns: { 200: pageOf(ServedApplication) },
})

export const getApplication = route({
  name: 'getApplication',
  method: 'GET',
  path: '/api/v1/applications/:name',
  summary: 'Read one application',
  permission: 'view',
  params: oneApplication,
  query: z.object({ documents: Flag.describe('true: with the values of its documents') }),
  returns: { 200: ServedApplication },
})

export const putBlueprint = route({
  name: 'putBlueprint',
  method: 'PUT',
  path: '/api/v1/applications/:name/blueprint',
  summary: 'Replace the whole blueprint; refused with every mistake when it does not parse',
  permission: 'build',
  params: oneApplication,
  maxBodyBytes: 32 * MEBIBYTE,
  body: z.strictObject({ files: BlueprintFiles }),
  returns: { 200: ServedApplication },
})

export const getBlueprint = route({
  name: 'getBlueprint',
  method: 'GET',
  path: '/api/v1/applications/:name/blueprint',
  summary: 'Read the files of the blueprint',
  permission: 'view',
  params: oneApplication,
  returns: { 200: z.object({ files: BlueprintFiles, digest: Digest }) },
})

export const putBlueprintFile = route({
  name: 'putBlueprintFile',
  method: 'PUT',
  /** The path is one segment, URL-encoded: `prompts%2Fanswer.prompt`. The body is the file, as it is. */
  path: '/api/v1/applications/:name/blueprint/files/:path',
  summary: 'Add or replace one file of the blueprint; the body is the file itself',
  permission: 'build',
  params: oneApplication.extend({ path: FilePath }),
  returns: { 200: ServedApplication },
})

export const checkBlueprint = route({
  name: 'checkBlueprint',
  method: 'POST',
  path: '/api/v1/applications/:name/blueprint/check',
  summary: 'Find every mistake in a blueprint without keeping it; without files the stored one',
  permission: 'build',
  params: oneApplication,
  maxBodyBytes: 32 * MEBIBYTE,
  body: z.strictObject({ files: BlueprintFiles.optional() }),
  returns: { 200: z.object({ ok: z.boolean(), digest: Digest.nullable(), problems: z.array(ProblemItem) }) },
})

// Releases

export const freezeRelease = route({
  name: 'freezeRelease',
  method: 'POST',
  path: '/api/v1/applications/:name/releases',
  summary: 'Freeze the blueprint into a release; an unchanged one gives the release that is there, with 200',
  permission: 'build',
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
  params: oneApplication,
  query: Page,
  returns: { 200: pageOf(ReleaseSummary) },
})

export const getRelease = route({
  name: 'getRelease',
  method: 'GET',
  path: '/api/v1/releases/:id',
  summary: 'Read a release: stage, manifest, scorecard',
  permission: 'view',
  params: oneRelease,
  returns: { 200: ServedRelease },
})

export const getReleaseChanges = route({
  name: 'getReleaseChanges',
  method: 'GET',
  path: '/api/v1/releases/:id/changes',
  summary: 'Say in words what changed since another release, by default the one frozen before',
  permission: 'view',
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
  params: oneRelease.extend({ stage: GatedStage }),
  returns: { 200: GateDecision },
})

export const runGate = route({
  name: 'runGate',
  method: 'POST',
  path: '/api/v1/releases/:id/gates/:stage/runs',
  summary: 'Run what answers the open questions of a gate, as a job; with dryRun only the quote',
  permission: 'build',
  params: oneRelease.extend({ stage: GatedStage }),
  body: z.strictObject({ dryRun: z.boolean().default(false), maxCostMicroUsd: MicroUsd.optional() }),
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
  query: Page.extend(ofRelease),
  returns: { 200: pageOf(Promotion) },
})

export const requestWaiver = route({
  name: 'requestWaiver',
  method: 'POST',
  path: '/api/v1/waivers',
  summary: 'Ask for a waiver of one check for one release; another person decides',
  permission: 'promote',
  body: z.strictObject({
    release: ReleaseId,
    into: GatedStage,
    check: z.string().min(1),
    reason,
    residualRisk: z.string().trim().min(3, 'say which risk stays'),
    days: z.number().positive().max(90, 'a waiver ends after at most 90 days'),
    example: z.boolean().default(false),
  }),
  returns: { 201: Waiver },
})

export const listWaivers = route({
  name: 'listWaivers',
  method: 'GET',
  path: '/api/v1/waivers',
  summary: 'List waivers, newest first',
  permission: 'view',
  query: Page.extend({ ...ofRelease, state: Waiver.shape.state.optional() }),
  returns: { 200: pageOf(Waiver) },
})

export const decideWaiver = route({
  name: 'decideWaiver',
  method: 'POST',
  path: '/api/v1/waivers/:id/decision',
  summary: 'Grant or refuse a waiver that somebody else asked for',
  permission: 'waive',
  approval: 'word',
  params: z.object({ id: WaiverId }),
  body: z.strictObject({ decision: z.enum(['grant', 'refuse']), note: z.string().optional() }),
  returns: { 200: Waiver },
})

export const getCatalogue = route({
  name: 'getCatalogue',
  method: 'GET',
  path: '/api/v1/catalogue',
  summary: 'Read the catalogue of checks and gates',
  permission: 'view',
  returns: { 200: GateCatalogue },
})

export const listTemplates = route({
  name: 'listTemplates',
  method: 'GET',
  path: '/api/v1/templates',
  summary: 'List the templates that an application can start from',
  permission: 'view',
  returns: {
    200: z.object({
      items: z.array(
        z.object({ name: z.string(), title: z.string(), description: z.string(), files: z.array(FilePath) }),
      ),
    }),
  },
})
