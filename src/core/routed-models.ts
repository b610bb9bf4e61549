/**
 * Routes of a release: the models that may answer a step in place of the one that is meant, because the request is
 * theirs or because they stand better. They are parts of the release like its other models. Pure.
 */
import { z } from 'zod'
import type { Step } from './flow.ts'
import type { Manifest } from './manifest.ts'
import type { StepTarget } from './step-route.ts'
import { conditionInWords } from './target-condition.ts'

type Generate = Extract<Step, { use: 'generate' }>

/** Who was chosen for a step of an answer, and why. */
export const ChosenTarget = z.object({ step: z.string(), target: z.string(), reason: z.string() })
export type ChosenTarget = z.infer<typeof ChosenTarget>

/** What a step's record says of it. */
export const ROUTE_ATTRIBUTES = { target: 'airworthy.route.target', reason: 'airworthy.route.reason' } as const

/** Those of a step's route, the model that is meant among them; none where it has no route. */
export function targetsOf({ model, route }: Pick<Generate, 'model' | 'route'>): StepTarget[] {
  if (!route) return []
  return route.targets.some((target) => target.model === model) ? route.targets : [...route.targets, { model }]
}

/** Names of the targets of a flow that some step does not mean already, each once. */
export const targetNamesOf = ({ steps }: { readonly steps: readonly Step[] }): string[] => [
  ...new Set(
    steps.flatMap((step) =>
      step.use === 'generate' ? targetsOf(step).flatMap(({ model }) => (model === step.model ? [] : [model])) : [],
    ),
  ),
]

/** Whether who answers hangs on the task that the request names. */
export const routesByTask = ({ steps }: { readonly steps: readonly Step[] }): boolean =>
  steps.some((step) => step.use === 'generate' && step.route?.targets.some(({ when }) => when?.tasks !== undefined))

/** `acme/small for task faq, acme/large for the rest (priority)`, by the id of its step. */
export function routesInWords({ flow, models }: Pick<Manifest, 'flow' | 'models'>): Map<string, string> {
  const modelOf = (named: string) => models.find(({ name }) => name === named)?.model ?? named
  return new Map(
    flow.steps.flatMap((step) => {
      if (step.use !== 'generate' || !step.route) return []
      const { strategy, affinity } = step.route
      const targets = targetsOf(step)
      const weighs = targets.some(({ weight = 1 }) => weight !== 1)
      const said = (target: StepTarget) => modelOf(target.model) + (weighs ? ` with weight ${target.weight ?? 1}` : '')
      const fitting = targets.flatMap((one) => (one.when ? `${said(one)} for ${conditionInWords(one.when)}` : []))
      const open = targets.filter(({ when }) => when === undefined).map(said)
      const rest = fitting.length > 0 ? `${open.join(' or ')} for the rest` : open.join(' or ')
      const how = affinity === 'none' ? `${strategy}, each request by itself` : strategy
      return [[step.id, `${[...fitting, rest].join(', ')} (${how})`] as const]
    }),
  )
}

/** Of the records of an answer's steps; those that failed chose nobody. */
export const chosenTargetsIn = (
  records: readonly {
    readonly step: string
    readonly failed: boolean
    readonly attributes: Readonly<Record<string, unknown>>
  }[],
): ChosenTarget[] =>
  records.flatMap(({ step, failed, attributes }) => {
    const { [ROUTE_ATTRIBUTES.target]: target, [ROUTE_ATTRIBUTES.reason]: reason } = attributes
    return typeof target === 'string' && !failed ? [{ step, target, reason: String(reason) }] : []
  })
