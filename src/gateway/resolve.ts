/**
 * Who is meant by `model`: a route, an application, an application's stage, or a model of a provider; and may this caller.
 * A key that is bound to an application learns nothing of the others.
 */
import type { LiveTable } from '../core/live-table.ts'
import { STAGES, Stage } from '../core/stage.ts'
import { Failure } from '../kernel/failure.ts'
import type { ModelRoute } from '../models/index.ts'
import { type Caller, demand, demandApplication } from '../wire/caller.ts'

export type Meant =
  | { readonly kind: 'application'; readonly application: string; readonly stage: Stage | undefined }
  | { readonly kind: 'model'; readonly model: string; readonly provider: string }
  | { readonly kind: 'route'; readonly route: ModelRoute }

/** Throws `gateway.model-unknown`, `gateway.stage-empty`, `gateway.models-not-allowed` or an access failure. */
export function resolveModel({
  model,
  live,
  caller,
  models,
  routes,
}: {
  model: string
  live: LiveTable
  caller: Caller
  /** `provider/model` and routes that work, for the sentence about what does. */
  models: () => readonly string[]
  routes: { find(name: string): ModelRoute | undefined }
}): Meant {
  demand(caller, 'infer')
  const route = routes.find(model)
  if (route) {
    demandModels(caller)
    return { kind: 'route', route }
  }
  const slash = model.indexOf('/')
  if (slash > 0 && slash < model.length - 1) {
    demandModels(caller)
    return { kind: 'model', model, provider: model.slice(0, slash) }
  }
  const [application = '', stageName] = model.split('@', 2)
  demandApplication(caller, application)
  const stages = Object.hasOwn(live.applications, application) ? live.applications[application]?.stages : undefined
  if (!stages) throw unknownModel({ model, live, caller, models })
  const filled = STAGES.filter((stage) => stages[stage])
  const stage = stageName === undefined ? undefined : Stage.safeParse(stageName).data
  if (filled.length === 0 || (stageName !== undefined && !(stage && stages[stage])))
    throw new Failure(
      'unknown',
      'gateway.stage-empty',
      filled.length === 0
        ? `No release of ${application} is live. Freeze one: POST /api/v1/applications/${application}/releases.`
        : `No release of ${application} is live in ${stageName}; there is one in ${filled.join(', ')}. Ask for ${application}@${filled.at(-1)}, or promote one.`,
      { facts: { live: filled } },
    )
  return { kind: 'application', application, stage }
}

/** Everything that works, as `/v1/models` lists it. */
export function namesFor({
  live,
  caller,
  models,
}: {
  live: LiveTable
  caller: Caller
  models: () => readonly string[]
}): string[] {
  const applications = Object.entries(live.applications)
    .filter(([name]) => caller.application === null || caller.application === name)
    .flatMap(([name, { stages }]) => {
      const filled = STAGES.filter((stage) => stages[stage])
      return filled.length === 0 ? [] : [name, ...filled.map((stage) => `${name}@${stage}`)]
    })
  return [...applications, ...(mayUseModels(caller) ? models() : [])]
}

export function unknownModel(ask: {
  model: string
  live: LiveTable
  caller: Caller
  models: () => readonly string[]
}): Failure {
  const names = namesFor(ask)
  const shown = names.slice(0, 20).join(', ')
  return new Failure(
    'unknown',
    'gateway.model-unknown',
    names.length === 0
      ? `There is no ${ask.model}, and nothing is live yet. Freeze a release, or add a provider.`
      : `There is no ${ask.model}. These work: ${shown}${names.length > 20 ? `, and ${names.length - 20} more` : ''}.`,
    { problems: [{ field: 'model', message: 'unknown' }] },
  )
}

const mayUseModels = (caller: Caller): boolean => caller.application === null && caller.permissions.has('infer-models')

function demandModels(caller: Caller): void {
  if (mayUseModels(caller)) return
  throw new Failure(
    'forbidden',
    'gateway.models-not-allowed',
    caller.application === null
      ? `The role ${caller.role} may not use models directly. Ask for an application, or take a key of a builder.`
      : `This key is bound to the application ${caller.application} and may not use models directly. Ask for ${caller.application}.`,
  )
}
