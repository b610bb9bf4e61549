/** Flows in which something fails on purpose, for the requests of drills: who asks for real runs the others. */

import type { Access } from '../access/index.ts'
import { type Fault, isProviderFault, SILENT_MS } from '../core/fault.ts'
import type { Manifest } from '../core/manifest.ts'
import type { Flows } from '../flows/index.ts'
import { guardsOf as compiledGuards } from '../guardrails/index.ts'
import { sleep } from '../kernel/time.ts'
import type { Models } from '../models/index.ts'
import { guardsOf } from './switches.ts'

type Deps = { readonly access: Access; readonly models: Models; readonly flows: Flows }

type RunUnder = (disturbed: {
  readonly fault: Fault
  readonly manifest: Manifest
  /** Called when it has happened. */
  readonly met: () => void
}) => ReturnType<Flows['over']>

export const createRunUnder =
  ({ access, models, flows }: Deps): RunUnder =>
  ({ fault, manifest, met }) => {
    const run = (parts: Parameters<Flows['over']>[0]): ReturnType<RunUnder> => {
      const over = flows.over(parts)
      return (ask) => over({ ...ask, recordContent: true })
    }
    if (isProviderFault(fault)) {
      const struck = providersOf(manifest)
      const { at, send, ...asking } = models.under({ fault, met }, (provider) => struck.has(provider))
      return run({
        models: guardsOf(access).models({ ...models, ...asking }),
        at,
        // Tools are asked by the same door, and are no provider.
        send: (ask) => (ask.url === manifest.target?.url ? send : models.send)(ask),
      })
    }
    if (fault === 'index-away' || fault === 'index-empty')
      return run({
        openIndex() {
          met()
          if (fault === 'index-away') throw new Error('The index is away, as the drill wants it.')
          return { search: () => [] }
        },
      })
    const broken = run({ guardsOf: (parts) => brokenGuards(compiledGuards(parts), met) })
    return async (ask) => {
      // Guardrails run in this process and wait for nothing: what is late is silent before it fails.
      if (fault === 'guardrail-late') await sleep(SILENT_MS, ask.signal)
      return broken(ask)
    }
  }

/** Those whose models the flow means: their fallbacks at others answer, and those of the same one fail with it. */
const providersOf = ({ flow, models }: Manifest): ReadonlySet<string> => {
  const meant = new Set(flow.steps.flatMap((step) => (step.use === 'generate' ? [step.model] : [])))
  return new Set(models.filter(({ name }) => meant.has(name)).map(({ model }) => model.split('/', 1)[0] ?? model))
}

type Compiled = ReturnType<typeof compiledGuards>

function brokenGuards(guards: Compiled, met: () => void): Compiled {
  const breaks = () => {
    met()
    throw new Error('out of order, as the drill wants it')
  }
  const broken = (all: NonNullable<Compiled>['input']) =>
    all.map((guard) => ({ ...guard, detector: { name: 'drill', find: breaks, settle: breaks } }))
  return guards && { input: broken(guards.input), output: broken(guards.output) }
}
