/** The inventory of data: where each dataset and each document comes from, who answers for it, what it may be used for. */
import { z } from 'zod'
import { type Manifest, type Part, partsOf } from '../../core/manifest.ts'
import { counted, documentKind, plural } from './document-kind.ts'
import { emptyFields, exampleFlag, isFilled, text } from './fields.ts'

const Source = z.strictObject({
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
  region: text,
  retention: text,
  refresh: text,
})
export const Inventory = z.strictObject({ example: exampleFlag, sources: z.array(Source) })
export type Inventory = z.infer<typeof Inventory>

const REQUIRED = ['origin', 'owner', 'personalData', 'region', 'retention', 'refresh'] as const

export const inventory = documentKind({
  name: 'inventory',
  check: 'data.inventory',
  duty: 'data-steward',
  schema: Inventory,
  alsoReads: [],
  dependsOn: ({ manifest }): readonly Part[] =>
    partsOf(manifest).filter(({ kind }) => kind === 'dataset' || kind === 'index'),
  read({ sources }: Inventory, { release: { manifest } }) {
    const incomplete = sources.flatMap((source) => {
      const empty = [
        ...emptyFields(source, REQUIRED).filter((name) => name !== 'personalData'),
        ...(source.personalData && source.personalData !== 'unknown' ? [] : ['personalData']),
        ...(isFilled(source.legalBasis) || isFilled(source.licence) ? [] : ['legalBasis or licence']),
      ]
      return empty.length > 0 ? [`${source.name} lacks ${empty.join(', ')}`] : []
    })
    const uncovered = usedData(manifest)
      .filter((name) => !sources.some(({ covers }) => covers.includes(name)))
      .map((name) => `no source covers ${name}`)
    const gaps = [...incomplete, ...uncovered]
    return {
      facts: { sources: counted(sources.length), incomplete: counted(gaps.length, sources.length) },
      summary:
        gaps.length === 0
          ? `${plural(sources.length, 'source')} of data with owner, right of use, personal data, region, retention and refresh.`
          : `The inventory is not complete: ${gaps.join('; ')}.`,
    }
  },
})

const usedData = ({ datasets, index }: Manifest): string[] => [
  ...datasets.map(({ name }) => name),
  ...(index ? ['knowledge'] : []),
]
