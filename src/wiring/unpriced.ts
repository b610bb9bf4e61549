/** Models whose price nobody knows: whether they may be asked, and what to do when they may not. */
import type { Access } from '../access/index.ts'
import { DEFAULT_ORGANISATION } from '../core/actor.ts'
import type { Manifest } from '../core/manifest.ts'
import type { Release } from '../core/release.ts'
import { Failure } from '../kernel/failure.ts'
import type { Clock } from '../kernel/time.ts'
import { decideUnknownPrice, type ModelRoute, type Models } from '../models/index.ts'

/** As the gateway asks it. */
type WhyUnpriced = (ask: {
  readonly model: string
  readonly tier: string | undefined
  readonly key: string | null
  readonly application: string | null
  readonly release: string | null
  readonly route: Pick<ModelRoute, 'name' | 'onUnknownPrice'> | undefined
}) => string | undefined
type Deps = { readonly access: Pick<Access, 'limits'>; readonly models: Pick<Models, 'pricePolicies'> }

/** For the gateway: the sentence for whoever is refused; undefined when the model may be asked, and is flagged. */
export const whyUnpricedOf =
  ({ access, models }: Deps): WhyUnpriced =>
  ({ model, tier, key, application, release, route }) => {
    const capped = () => access.limits.moneyCapOf({ application, key, release, models: [model] })
    const { policy, by } = decideUnknownPrice({
      route: route?.onUnknownPrice,
      application: application === null ? undefined : models.pricePolicies.of('application', application),
      organisation: models.pricePolicies.of('organisation', DEFAULT_ORGANISATION),
      isMoneyCapped: () => capped() !== undefined,
    })
    if (policy === 'flag') return undefined
    const what = tier === undefined ? `what ${model} costs` : `what ${model} costs when it is served as ${tier}`
    const cap = by === 'caps' ? capped() : undefined
    const why = cap
      ? `and ${WHOSE[cap.scope](cap.name)} has a cap on money, of which nothing could be reserved`
      : `and ${by === 'route' ? `the route ${route?.name}` : by === 'application' ? `the application ${application}` : 'this installation'} takes no model without a price`
    return `Nobody has said ${what}, ${why}. Say it: \`airworthy prices set ${model} --input <dollars> --output <dollars> --reason …\` (0 for what runs on your own machine); or let it be asked and flagged: \`airworthy prices policy flag${application === null ? '' : ` --application ${application}`} --reason …\`.`
  }

/** Throws `gateway.price-unknown` for a release that asks such a model; what calls a program of your own is flagged. */
export function demandPricedRelease(
  { models, clock, ...deps }: Deps & { models: Pick<Models, 'pricePolicies' | 'costOf'>; clock: Clock },
  { release, key }: { release: Pick<Release, 'id' | 'application' | 'manifest'>; key: string | null },
): void {
  const why = whyUnpricedOf({ ...deps, models })
  for (const model of asked(release.manifest)) {
    if (models.costOf(model, { inputTokens: 1, outputTokens: 1, estimated: true }, clock()) !== null) continue
    const { application, id } = release
    const said = why({ model, tier: undefined, key, application, release: id, route: undefined })
    if (said !== undefined)
      throw new Failure('unmet', 'gateway.price-unknown', said, {
        problems: [{ field: 'model', message: 'its price is not known' }],
      })
  }
}

/** The models that the flow of a release asks. */
const asked = ({ flow, models }: Manifest): string[] =>
  flow.steps.flatMap((step) =>
    step.use === 'generate' ? models.filter(({ name }) => name === step.model).map(({ model }) => model) : [],
  )

const WHOSE: Readonly<
  Record<NonNullable<ReturnType<Access['limits']['moneyCapOf']>>['scope'], (name: string) => string>
> = {
  organisation: () => 'this installation',
  team: (name) => `the team ${name}`,
  key: () => 'this key',
  application: (name) => `the application ${name}`,
  release: (name) => `the release ${name}`,
  model: (name) => `the model ${name}`,
}
