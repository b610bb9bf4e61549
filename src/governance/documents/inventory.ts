/** The inventory of data: where each dataset and each document comes from, who answers for it, what it may be used for. */
import { z } from 'zod'
import { Role } from '../../core/actor.ts'
import { PrivacyDeclaration, Profile } from '../../core/blueprint/schema.ts'
import { type Manifest, type Part, partsOf } from '../../core/manifest.ts'
import { PreparationStep } from '../../core/preparation.ts'
import { Stage } from '../../core/stage.ts'
import { plural } from '../../kernel/plural.ts'
import { DAY, type Instant, later } from '../../kernel/time.ts'
import { counted, documentKind } from './document-kind.ts'
import { date, emptyFields, exampleFlag, isFilled, text } from './fields.ts'
import { holdAgainst } from './reached.ts'

/** How far data may be shown: to everybody, inside, to those who work on it, to whom it is named. */
export const DataClass = z.enum(['public', 'internal', 'confidential', 'restricted'])
export type DataClass = z.infer<typeof DataClass>

export const Source = z.strictObject({
  name: z.string().min(1),
  /** What of the release it is: `knowledge`, or names of datasets. */
  covers: z.array(z.string()).default([]),
  description: text,
  origin: z.enum(['internal', 'external', 'public']).nullish(),
  owner: text,
  /** One of the two is needed. */
  legalBasis: text,
  licence: text,
  personalData: z.enum(['none', 'contact', 'sensitive', 'unknown']).nullish(),
  /** Who reads it here: public and internal everybody who may view, confidential all but viewers, restricted owners and auditors. */
  class: DataClass.nullish(),
  /** Roles that read it, in place of those of its class; owners always do. */
  readers: z.array(Role).max(6).nullish(),
  region: text,
  retention: text,
  refresh: text,
  /** What is done with it before it comes in, in order: extracted, cleaned, anonymised. */
  steps: z.array(PreparationStep).max(100).nullish(),
  /** After so many days it is out of date; the day of the last refresh is `refreshedOn`. */
  freshnessDays: z.number().int().min(1).max(3650).nullish(),
  refreshedOn: date,
  /** The stages in which it may be used; all of them when it is not said. */
  permittedStages: z.array(Stage).nullish(),
})
export type Source = z.infer<typeof Source>

/** Where data is kept while the application runs. */
export const DataStore = z.strictObject({
  name: z.string().min(1),
  /** airworthy: traces and feedback, which are kept here · others: a provider, a warehouse, a mailbox. */
  keptBy: z.enum(['airworthy', 'others']).default('others'),
  /** The provider of models that keeps it, by its name; its address is then held against the region. */
  provider: text,
  /** As `residency` of the profile names it, for example eu. */
  region: text,
  retentionDays: z.number().int().min(1).max(36_500).nullish(),
  encryption: z.enum(['at-rest', 'none', 'unknown']).nullish(),
})
export type DataStore = z.infer<typeof DataStore>

export const Inventory = z.strictObject({
  example: exampleFlag,
  sources: z.array(Source),
  stores: z.array(DataStore).nullish(),
})
export type Inventory = z.infer<typeof Inventory>

const REQUIRED = ['origin', 'owner', 'personalData', 'region', 'retention', 'refresh'] as const

export const inventory = documentKind({
  name: 'inventory',
  check: 'data.inventory',
  duty: 'data-steward',
  schema: Inventory,
  alsoReads: ['profile', 'privacy'],
  dependsOn: ({ manifest }): readonly Part[] =>
    partsOf(manifest).filter(
      ({ kind, name }) =>
        ['dataset', 'index', 'target'].includes(kind) || (kind === 'model' && isElsewhere(manifest, name)),
    ),
  read({ sources, stores }: Inventory, { release: { manifest }, now, documents, reached }) {
    const incomplete = sources.flatMap((source) => {
      const empty = emptyOfSource(source)
      return empty.length > 0 ? [`${source.name} lacks ${empty.join(', ')}`] : []
    })
    const overdue = sources.flatMap((source) => {
      const due = dueOn(source)
      return due !== null && due < now.slice(0, 10) ? [`${source.name} was to be refreshed by ${due}`] : []
    })
    const uncovered = usedData(manifest)
      .filter((name) => !sources.some(({ covers }) => covers.includes(name)))
      .map((name) => `no source covers ${name}`)
    const faults = (stores ?? []).flatMap((store) =>
      faultsOfStore(store, documents).map((fault) => `${store.name} ${fault}`),
    )
    const seen = reached ? holdAgainst(reached, { stores: stores ?? [], documents }) : []
    const differing = seen.flatMap(({ state, says }) => (state === 'differs' ? [says.replace(/\.$/, '')] : []))
    const gaps = [...incomplete, ...overdue, ...uncovered, ...faults, ...differing]
    return {
      facts: {
        sources: counted(sources.length),
        incomplete: counted(gaps.length, sources.length),
        differing: counted(differing.length, seen.filter(({ state }) => state !== 'not-reachable').length),
        notReachable: counted(seen.filter(({ state }) => state === 'not-reachable').length),
      },
      summary:
        gaps.length === 0
          ? `${plural(sources.length, 'source')} of data with owner, right of use, personal data, region, retention and refresh.`
          : `The inventory is not complete: ${gaps.join('; ')}.`,
    }
  },
})

/** Whether a model has an address, which may be in another region. */
const isElsewhere = ({ models }: Manifest, name: string): boolean =>
  models.some((one) => one.name === name && !/^(?:local|replay|scripted)\//.test(one.model))

/** The fields that a source still needs. */
export const emptyOfSource = (source: Source): string[] => [
  ...emptyFields(source, REQUIRED).filter((name) => name !== 'personalData'),
  ...(source.personalData && source.personalData !== 'unknown' ? [] : ['personalData']),
  ...(isFilled(source.legalBasis) || isFilled(source.licence) ? [] : ['legalBasis or licence']),
]

/**
 * What a store lacks, or says otherwise than the profile and the privacy of airworthy.yaml (S1.5a). What others keep is
 * taken as it is declared, but for what `reached.ts` can see; how long traces are kept here is known.
 */
export function faultsOfStore(
  { keptBy, region, retentionDays, encryption }: DataStore,
  documents: Readonly<Record<string, unknown>> | undefined,
): string[] {
  const profile = Profile.partial().safeParse(documents?.profile ?? {}).data ?? {}
  const kept = PrivacyDeclaration.safeParse(documents?.privacy ?? {}).data?.retention.tracesDays
  const allowed = profile.residency?.map((one) => one.toLowerCase()) ?? []
  const holdsPeople = profile.personalData === 'contact' || profile.personalData === 'sensitive'
  return [
    ...(isFilled(region) ? [] : ['lacks region']),
    ...(isFilled(region) && allowed.length > 0 && !allowed.includes(String(region).toLowerCase())
      ? [`is kept in ${region}, and the profile allows ${allowed.join(', ')} alone`]
      : []),
    ...(retentionDays ? [] : ['lacks retentionDays']),
    ...(keptBy === 'airworthy' && retentionDays && retentionDays !== kept
      ? [`says ${retentionDays} days, and privacy.retention.tracesDays says ${kept ?? 'nothing'}`]
      : []),
    ...(!encryption || encryption === 'unknown' ? ['lacks encryption'] : []),
    ...(encryption === 'none' && holdsPeople ? ['holds personal data and is not encrypted'] : []),
  ]
}

/** The last day on which it is fresh; null without a target. Whoever never said when it was refreshed is late at once. */
export function dueOn({ freshnessDays, refreshedOn }: Source): string | null {
  if (!freshnessDays) return null
  const from = refreshedOn ? `${refreshedOn}T00:00:00.000Z` : '1970-01-01T00:00:00.000Z'
  return later(from as Instant, freshnessDays * DAY).slice(0, 10)
}

export const usedData = ({ datasets, index }: Manifest): string[] => [
  ...datasets.map(({ name }) => name),
  ...(index ? ['knowledge'] : []),
]
