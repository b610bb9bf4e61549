/** Cards of the data of a release: each dataset and the knowledge, with the source that the inventory names. Pure. */
import { preparationWords } from '../../core/preparation.ts'
import { type CardSection, computed, maybe, referenced } from './card.ts'
import { type CardMaterial, documentsOf, resultLines } from './material.ts'

export function dataCards(material: CardMaterial): CardSection[] {
  const { manifest } = material.release
  const { datasets, index } = manifest
  return [
    ...datasets.map(
      ({ name, rows, splits, digest, from }): CardSection => ({
        title: `Dataset ${name}`,
        fields: [
          computed(
            'Rows',
            `${rows}: ${Object.entries(splits)
              .map(([split, count]) => `${count} ${split}`)
              .join(', ')}`,
            'manifest',
          ),
          computed('Digest', digest, 'manifest'),
          maybe.computed('Version', from && JSON.stringify(from), 'manifest'),
          ...sourceFields(material, name),
        ],
      }),
    ),
    ...(index
      ? [
          {
            title: 'Knowledge',
            fields: [
              computed('Passages', `${index.passages}, analysed as ${index.analyser}`, 'manifest'),
              computed('Digest', index.digest, 'manifest'),
              ...sourceFields(material, 'knowledge'),
            ],
          },
        ]
      : []),
    {
      title: 'Quality, origin and deletion',
      fields: [maybe.computed('What the gates say of the data', resultLines(material, 'data.', 'priv.'), 'evidence')],
    },
  ]
}

function sourceFields(material: CardMaterial, name: string) {
  const sources = documentsOf(material).inventory.sources.filter(({ covers }) => covers.includes(name))
  const of = (
    key:
      | 'origin'
      | 'owner'
      | 'legalBasis'
      | 'licence'
      | 'personalData'
      | 'region'
      | 'retention'
      | 'refresh'
      | 'description',
  ) => sources.map((source) => source[key])
  return [
    referenced(
      'Source',
      sources.map((source) => source.name),
      'inventory.yaml',
    ),
    maybe.referenced('What it holds', of('description'), 'inventory.yaml'),
    referenced('Type of source', of('origin'), 'inventory.yaml'),
    referenced('Owner', of('owner'), 'inventory.yaml'),
    referenced('Right of use', [...of('licence'), ...of('legalBasis')], 'inventory.yaml'),
    referenced('Personal data', of('personalData'), 'inventory.yaml'),
    referenced('Region', of('region'), 'inventory.yaml'),
    referenced('Kept for', of('retention'), 'inventory.yaml'),
    referenced('Refreshed', of('refresh'), 'inventory.yaml'),
    maybe.referenced(
      'Prepared by',
      sources.map(({ steps }) => preparationWords(steps ?? [])),
      'inventory.yaml',
    ),
  ]
}
