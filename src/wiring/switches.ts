/** Where the kill switch is asked beside the gateway, and what it takes for a thing that exists. */
import type { Access, SwitchKind } from '../access/index.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import { ReleaseId as ReleaseIdSchema } from '../core/release.ts'
import type { Delivery } from '../delivery/index.ts'
import { Failure } from '../kernel/failure.ts'
import type { Models } from '../models/index.ts'
import { watchCandidates } from './switched-rollouts.ts'

type WhyOff = Access['switches']['whyOff']
/** What is made after access, asked when it is needed. */
export type Late = () => { readonly models: Models; readonly delivery: Delivery }

/** What refuses while a switch is off, outside of the gateway. */
export const guardsOf = ({ switches, systemActor }: Pick<Access, 'switches' | 'systemActor'>) => ({
  models: (models: Models) => guardModels(models, switches.whyOff),
  releases: (getRelease: Delivery['getRelease']) => releaseThatIsOn(getRelease, switches.whyOff),
  candidates: (delivery: Delivery) => watchCandidates({ switches, delivery, systemActor }),
})

/** Throws what helps when there is nothing of this name: a slip in an emergency must not look like success. */
export const demandSwitchable =
  (late: Late) =>
  async (kind: SwitchKind, name: string): Promise<void> => {
    const { models, delivery } = late()
    if (kind === 'application' || kind === 'cache') await delivery.getApplication(name)
    else if (kind === 'release') await delivery.getRelease(releaseIdOf(name))
    else if (kind === 'provider') {
      if (!models.providers.takes(name)) throw unknown('provider', name, providersOf(models))
    } else if (!isModel(models, name))
      throw unknown(
        'model',
        name,
        models.list().map(({ model }) => model),
      )
  }

/** Models that refuse while they or their provider are off, for every flow: gateway, playground, experiments. */
function guardModels(models: Models, whyOff: WhyOff): Models {
  const demandOn = (model: string) => {
    const why = whyOff('model', model) ?? whyOff('provider', model.split('/', 1)[0] ?? model)
    if (why !== undefined) throw switchedOff(why)
  }
  return {
    ...models,
    batches: {
      ...models.batches,
      async send(...ask: Parameters<Models['batches']['send']>) {
        demandOn(ask[0])
        return models.batches.send(...ask)
      },
    },
    async embed(ask: Parameters<Models['embed']>[0]) {
      demandOn(ask.model)
      return models.embed(ask)
    },
    async complete(request: Parameters<Models['complete']>[0]) {
      demandOn(request.model)
      return models.complete(request)
    },
    async *stream(request: Parameters<Models['stream']>[0]) {
      demandOn(request.model)
      yield* models.stream(request)
    },
  }
}

/** Reads a release for the playground, unless it or its application is off. */
const releaseThatIsOn =
  (getRelease: (id: ReleaseId) => Promise<Release>, whyOff: WhyOff) =>
  async (id: ReleaseId): Promise<Release> => {
    const release = await getRelease(id)
    const why = whyOff('release', id) ?? whyOff('application', release.application)
    if (why !== undefined) throw switchedOff(why)
    return release
  }

const switchedOff = (why: string) => new Failure('forbidden', 'access.switched-off', why)

function releaseIdOf(name: string): ReleaseId {
  const parsed = ReleaseIdSchema.safeParse(name)
  if (parsed.success) return parsed.data
  throw new Failure('invalid', 'access.switch-unknown', `A release is switched off by its id, rel_ and 26 characters.`)
}

function isModel(models: Models, name: string): boolean {
  const slash = name.indexOf('/')
  const provider = name.slice(0, Math.max(0, slash))
  if (slash > 0 && slash < name.length - 1 && models.providers.has(provider)) return true
  return models.list().some(({ model }) => model === name)
}

const providersOf = (models: Models): string[] => [...new Set(models.list().map(({ provider }) => provider))]

const unknown = (kind: SwitchKind, name: string, known: readonly string[]): Failure =>
  new Failure(
    'unknown',
    'access.switch-unknown',
    `There is no ${kind} ${name}, so nothing was switched off. These are known: ${known.slice(0, 20).join(', ')}.`,
  )
