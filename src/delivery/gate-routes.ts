/** Routes about gates: what to do next, kept decisions, what a profile would change, readiness, waiting, debt. */
import { z } from 'zod'
import { Tier } from '../core/applicability.ts'
import { Profile } from '../core/blueprint/schema.ts'
import { CatalogueChange } from '../core/catalogue-changes.ts'
import { Check } from '../core/check.ts'
import { Name } from '../core/names.ts'
import { NextSteps, Persona } from '../core/next-steps.ts'
import { Portfolio } from '../core/portfolio.ts'
import { ProfilePreview } from '../core/profile-preview.ts'
import { Readiness } from '../core/readiness.ts'
import { ReleaseId } from '../core/release.ts'
import { Finding, GateDecision } from '../core/verdict.ts'
import { Instant } from '../kernel/time.ts'
import { Page, pageOf, route } from '../wire/route.ts'
import { GateRecord, GateRecordId } from './decisions/index.ts'
import { GatedStage } from './gated-stage.ts'
import { Debt, Flowing } from './reports.ts'

const atGate = z.object({ id: ReleaseId, stage: GatedStage })
const oneRecord = z.object({ id: GateRecordId })
const oneApplication = z.object({ name: Name })

export const getNextSteps = route({
  name: 'getNextSteps',
  method: 'GET',
  path: '/api/v1/releases/:id/gates/:stage/next',
  summary: 'Say what to do next at a gate: grouped by what is done, with who, how long and what it costs',
  permission: 'view',
  mcp: true,
  params: atGate,
  query: z.object({ persona: Persona.optional() }),
  returns: { 200: NextSteps },
})

export const listGateChecks = route({
  name: 'listGateChecks',
  method: 'GET',
  path: '/api/v1/releases/:id/gates/:stage/checks',
  summary: 'List the checks of a gate as this release is asked them, with its tier and its overlay',
  permission: 'view',
  params: atGate,
  returns: { 200: z.object({ tier: Tier, graceDays: z.number(), items: z.array(Check) }) },
})

export const keepGateDecision = route({
  name: 'keepGateDecision',
  method: 'POST',
  path: '/api/v1/releases/:id/gates/:stage/decisions',
  summary: 'Judge a release at a gate and keep the decision with everything that it read',
  permission: 'build',
  params: atGate,
  returns: { 201: GateRecord },
})

export const listGateDecisions = route({
  name: 'listGateDecisions',
  method: 'GET',
  path: '/api/v1/releases/:id/decisions',
  summary: 'List the kept decisions about a release, newest first',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ReleaseId }),
  query: Page.extend({ into: GatedStage.optional() }),
  returns: { 200: pageOf(GateRecord) },
})

export const getGateDecision = route({
  name: 'getGateDecision',
  method: 'GET',
  path: '/api/v1/gate-decisions/:id',
  summary: 'Read one kept decision with everything that it read',
  permission: 'view',
  params: oneRecord,
  returns: { 200: GateRecord },
})

export const replayGateDecision = route({
  name: 'replayGateDecision',
  method: 'GET',
  path: '/api/v1/gate-decisions/:id/replay',
  summary: 'Decide again from what a kept decision read, under the gate that it is pinned to',
  permission: 'view',
  mcp: true,
  params: oneRecord,
  returns: { 200: z.object({ same: z.boolean(), differs: z.array(z.string()), decision: GateDecision }) },
})

export const previewProfile = route({
  name: 'previewProfile',
  method: 'POST',
  path: '/api/v1/applications/:name/profile-previews',
  summary: 'Say which checks another profile would add or remove, and by which rule',
  permission: 'view',
  example: { profile: { users: ['EU'] } },
  params: oneApplication,
  body: z.strictObject({ profile: Profile }),
  returns: { 200: ProfilePreview },
})

export const getReleaseReadiness = route({
  name: 'getReleaseReadiness',
  method: 'GET',
  path: '/api/v1/releases/:id/readiness',
  summary: 'Report how ready a release is, over seven areas and seven pillars; the whole is as ready as the weakest',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ReleaseId }),
  returns: { 200: Readiness.extend({ at: Instant }) },
})

export const getPortfolio = route({
  name: 'getPortfolio',
  method: 'GET',
  path: '/api/v1/portfolio',
  summary: 'The seven pillars over applications, by their newest releases, a page of them at a time',
  permission: 'view',
  mcp: true,
  query: z.object({
    cursor: z.string().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(25),
  }),
  returns: { 200: Portfolio.extend({ next: z.string().nullable(), at: Instant }) },
})

export const getStandingChecks = route({
  name: 'getStandingChecks',
  method: 'GET',
  path: '/api/v1/releases/:id/standing-checks',
  summary: 'Judge what a release in production has to keep up',
  permission: 'view',
  mcp: true,
  params: z.object({ id: ReleaseId }),
  returns: { 200: z.object({ sound: z.boolean(), findings: z.array(Finding) }) },
})

export const getFlow = route({
  name: 'getFlow',
  method: 'GET',
  path: '/api/v1/applications/:name/flow',
  summary: 'Report lead times, split by machine and person, and how often releases go out and come back',
  permission: 'view',
  mcp: true,
  params: oneApplication,
  returns: { 200: Flowing },
})

export const getDebt = route({
  name: 'getDebt',
  method: 'GET',
  path: '/api/v1/applications/:name/debt',
  summary: 'List what will cost more later: unused prompts, ending models, waivers, stale evidence, open challenges',
  permission: 'view',
  mcp: true,
  params: oneApplication,
  returns: { 200: z.object({ items: z.array(Debt) }) },
})

export const getCatalogueChanges = route({
  name: 'getCatalogueChanges',
  method: 'GET',
  path: '/api/v1/catalogue/changes',
  summary: 'Say what changed in the catalogue since an earlier version, check by check',
  permission: 'view',
  query: z.object({ since: z.string().max(20) }),
  returns: { 200: z.object({ since: z.string(), version: z.string(), items: z.array(CatalogueChange) }) },
})
