/** Routes of the watch over models: probes, what changed, and what somebody has to do about it until when. */
import { z } from 'zod'
import { ActorId, Organisation } from '../../core/actor.ts'
import { Digest } from '../../kernel/digest.ts'
import { idOf } from '../../kernel/ids.ts'
import { MicroUsd } from '../../kernel/money.ts'
import { Instant } from '../../kernel/time.ts'
import { JobId } from '../../store/job.ts'
import { Page, pageOf, route } from '../../wire/route.ts'
import { ModelName } from '../cards/index.ts'
import { ProbeAnswer, ProbeVerdict } from './judge-probe.ts'

export const ProbeId = idOf('mpr')
export const TaskId = idOf('mtk')
export type TaskId = z.infer<typeof TaskId>

export const ModelProbe = z.object({
  id: ProbeId,
  organisation: Organisation,
  model: ModelName,
  at: Instant,
  /** Over questions and parameters; probes of another set are not compared. */
  probeSet: Digest,
  answers: z.array(ProbeAnswer),
  /** What the provider called its model and the state of its servers; empty when it says nothing. */
  responseModels: z.array(z.string()),
  fingerprints: z.array(z.string()),
  /** Null when it could not be asked. */
  verdict: ProbeVerdict.nullable(),
  failure: z.string().nullable(),
  /** Null when the price is not known. */
  costMicroUsd: MicroUsd.nullable(),
  /** How often it has changed since it is watched; evidence on it depends on this. */
  revision: z.number().int(),
  /** Whether later probes are held to this one. */
  isReference: z.boolean(),
})
export type ModelProbe = z.infer<typeof ModelProbe>

export const TaskKind = z.enum(['answers-changed', 'ends', 'vanished', 'terms-changed'])

export const ModelTask = z.object({
  id: TaskId,
  organisation: Organisation,
  model: ModelName,
  kind: TaskKind,
  /** The same thing opens one task. */
  key: z.string(),
  title: z.string(),
  detail: z.string(),
  /** Null when nothing happens by itself. */
  deadline: Instant.nullable(),
  /** Whose releases use the model. */
  applications: z.array(z.string()),
  state: z.enum(['open', 'done']),
  openedAt: Instant,
  closedBy: ActorId.nullable(),
  closedAt: Instant.nullable(),
  resolution: z.string().nullable(),
})
export type ModelTask = z.infer<typeof ModelTask>

export const listModelProbes = route({
  name: 'listModelProbes',
  method: 'GET',
  path: '/api/v1/model-probes',
  summary: 'List sentinel probes, the newest first: what each model answered, and whether it still answers as before',
  permission: 'view',
  mcp: true,
  query: Page.extend({ cursor: ProbeId.optional(), model: z.string().max(300).optional() }),
  returns: { 200: pageOf(ModelProbe) },
})

export const listModelTasks = route({
  name: 'listModelTasks',
  method: 'GET',
  path: '/api/v1/model-tasks',
  summary: 'List what somebody has to do about models that changed or end, the nearest deadline first',
  permission: 'view',
  mcp: true,
  query: z.object({ state: ModelTask.shape.state.optional() }),
  returns: { 200: z.object({ items: z.array(ModelTask) }) },
})

export const closeModelTask = route({
  name: 'closeModelTask',
  method: 'POST',
  path: '/api/v1/model-tasks/:id/resolution',
  summary: 'Say what was done about a model that changed or ends',
  permission: 'build',
  params: z.object({ id: TaskId }),
  body: z.strictObject({
    resolution: z.string().trim().min(10, 'say in at least 10 characters what was done').max(2000),
  }),
  returns: { 200: ModelTask },
})

export const watchModels = route({
  name: 'watchModels',
  method: 'POST',
  path: '/api/v1/model-watches',
  summary: 'Look now: read lists of models and probe those in use, or one; otherwise it happens once a day',
  permission: 'operate',
  body: z.strictObject({ model: ModelName.optional() }),
  returns: { 202: z.object({ job: JobId }) },
})
