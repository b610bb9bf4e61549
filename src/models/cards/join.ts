/**
 * A card: everything that the sources say of one model, field by field, with who said it and what nobody said.
 * Pure: the same sources give the same card.
 */
import { z } from 'zod'
import { canonicalJson } from '../../kernel/digest.ts'
import { Instant } from '../../kernel/time.ts'
import { Benchmark, COUNTED, FACT_NAMES, FactName, INTRINSIC, type ModelFacts } from './facts.ts'
import { type ModelSource, SourceKind } from './source.ts'

/** verified: somebody looked, and says how · self-reported: whoever offers the model says so · unknown: nobody says. */
export const Standing = z.enum(['verified', 'self-reported', 'unknown'])
export type Standing = z.infer<typeof Standing>

const Value = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.array(Benchmark)])

export const CardField = z.object({
  name: FactName,
  /** Null when it is unknown. */
  value: Value.nullable(),
  standing: Standing,
  source: SourceKind.nullable(),
  place: z.string().nullable(),
  at: Instant.nullable(),
  /** How it was verified. */
  how: z.string().nullable(),
  /** The model at another place whose source says it; null when it is this one's own. */
  via: z.string().nullable(),
  /** Sources that say something else. */
  otherwise: z.array(z.object({ value: Value, source: SourceKind, place: z.string(), at: Instant })),
})
export type CardField = z.infer<typeof CardField>

export const Completeness = z.object({
  /** Of the fields that a complete card has, how many are known, and how many of those verified. */
  known: z.number().int(),
  verified: z.number().int(),
  of: z.number().int(),
  missing: z.array(FactName),
})
export type Completeness = z.infer<typeof Completeness>

export const SameModel = z.object({
  model: z.string(),
  /** identity: both say what they are · name: they are called alike, which is no proof. */
  because: z.enum(['identity', 'name']),
})
export type SameModel = z.infer<typeof SameModel>

type Claim = {
  readonly name: FactName
  readonly value: NonNullable<ModelFacts[FactName]>
  readonly how: string | undefined
  readonly source: ModelSource
  readonly via: string | null
}

/** @param same sources of the same model at other places, known by its identity */
export function joinFields(own: readonly ModelSource[], same: readonly ModelSource[] = []): CardField[] {
  const claims = [
    ...own.flatMap((source) => claimsOf(source, null)),
    ...same.flatMap((one) => claimsOf(one, one.model)),
  ]
  return FACT_NAMES.map((name) => {
    const ranked = claims
      .filter((claim) => claim.name === name && (claim.via === null || INTRINSIC.has(name)))
      .sort(byWeight)
    const [best] = ranked
    if (!best) return unknownField(name)
    const { source, how, value, via } = best
    return {
      name,
      value,
      standing: how === undefined ? 'self-reported' : 'verified',
      source: source.kind,
      place: source.place,
      at: source.recordedAt,
      how: how ?? null,
      via,
      otherwise: ranked
        .filter((claim) => canonicalJson(claim.value) !== canonicalJson(value))
        .map((claim) => ({
          value: claim.value,
          source: claim.source.kind,
          place: claim.source.place,
          at: claim.source.recordedAt,
        })),
    }
  })
}

export function completenessOf(fields: readonly CardField[]): Completeness {
  const counted = fields.filter(({ name }) => COUNTED.includes(name))
  return {
    known: counted.filter(({ standing }) => standing !== 'unknown').length,
    verified: counted.filter(({ standing }) => standing === 'verified').length,
    of: COUNTED.length,
    missing: counted.filter(({ standing }) => standing === 'unknown').map(({ name }) => name),
  }
}

/** Models by what they say they are and by their names, so that a list of a thousand is not a million comparisons. */
export type SameIndex = {
  readonly identityOf: ReadonlyMap<string, string | undefined>
  readonly byIdentity: ReadonlyMap<string, readonly string[]>
  readonly byName: ReadonlyMap<string, readonly string[]>
}

export function indexModels(identities: Iterable<readonly [string, string | undefined]>): SameIndex {
  const identityOf = new Map([...identities].map(([model, identity]) => [model, identity?.toLowerCase()] as const))
  const known = [...identityOf].flatMap(([model, identity]) => (identity === undefined ? [] : [{ model, identity }]))
  return {
    identityOf,
    byIdentity: namesBy(known, ({ identity }) => identity),
    byName: namesBy(
      [...identityOf.keys()].map((model) => ({ model })),
      ({ model }) => keyOf(model),
    ),
  }
}

const namesBy = <Item extends { model: string }>(items: readonly Item[], key: (item: Item) => string) =>
  new Map([...Map.groupBy(items, key)].map(([name, group]) => [name, group.map(({ model }) => model)] as const))

/** The other models that are this one, by what they say they are or, weaker, by their names. */
export function sameModels(model: string, { identityOf, byIdentity, byName }: SameIndex): SameModel[] {
  const identity = identityOf.get(model)
  const same = identity === undefined ? [] : (byIdentity.get(identity) ?? [])
  // Two that say what they are and say something else are not the same, whatever they are called.
  const alike = (byName.get(keyOf(model)) ?? []).filter(
    (other) => identity === undefined || identityOf.get(other) === undefined,
  )
  return [
    ...same.map((other) => ({ model: other, because: 'identity' as const })),
    ...alike.map((other) => ({ model: other, because: 'name' as const })),
  ]
    .filter(({ model: other }) => other !== model)
    .sort((one, other) => one.model.localeCompare(other.model))
}

/** The last part of the name without marks, case and the tag of a local server. */
const keyOf = (model: string): string =>
  (model.split('/').at(-1) ?? model)
    .toLowerCase()
    .replace(/:(?:free|latest)$/, '')
    .replace(/[^a-z0-9]+/g, '-')

const claimsOf = (source: ModelSource, via: string | null): Claim[] =>
  FACT_NAMES.flatMap((name) => {
    const value = source.facts[name]
    return value === undefined ? [] : [{ name, value, how: source.verified[name], source, via }]
  })

/** What was verified goes first, then what is this model's own, then by who may know, then the newest. */
function byWeight(one: Claim, other: Claim): number {
  const weigh = (claim: Claim): readonly number[] => [
    claim.how === undefined ? 1 : 0,
    claim.via === null ? 0 : 1,
    isPrice(claim.name) && claim.source.kind === 'price-book' ? -1 : SourceKind.options.indexOf(claim.source.kind),
  ]
  const [a, b] = [weigh(one), weigh(other)]
  const at = a.findIndex((weight, index) => weight !== b[index])
  if (at >= 0) return (a[at] ?? 0) - (b[at] ?? 0)
  return other.source.recordedAt.localeCompare(one.source.recordedAt)
}

const isPrice = (name: FactName): boolean => name === 'priceInput' || name === 'priceOutput'

const unknownField = (name: FactName): CardField => ({
  name,
  value: null,
  standing: 'unknown',
  source: null,
  place: null,
  at: null,
  how: null,
  via: null,
  otherwise: [],
})
