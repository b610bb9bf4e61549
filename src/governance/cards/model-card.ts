/** Cards of the models of a release: what the registry knows of each, with what nobody said named as unknown. Pure. */
import { type CardSection, computed, maybe } from './card.ts'
import { type CardMaterial, resultLines } from './material.ts'

export const modelCards = (material: CardMaterial): CardSection[] => {
  const { manifest } = material.release
  const used = [...new Set(manifest.models.map(({ model }) => model))]
  const judges = manifest.evaluators.flatMap(({ judge }) => (judge ? [judge.model] : []))
  return [
    ...used.map((model) =>
      modelSection(
        material,
        model,
        manifest.models.filter((one) => one.model === model).map(({ name }) => name),
      ),
    ),
    ...[...new Set(judges)]
      .filter((model) => !used.includes(model))
      .map((model) => modelSection(material, model, ['judge'])),
    {
      title: 'Approval and origin',
      fields: [
        computed(
          'What the gates say of the models',
          resultLines(material, 'model.', 'sec.supplychain', 'vendor.'),
          'evidence',
        ),
      ],
    },
  ]
}

function modelSection(
  { release, modelFields, obligationsOf, lineageOf }: CardMaterial,
  model: string,
  names: readonly string[],
): CardSection {
  const fields = modelFields(model)
  const part = release.manifest.models.find((one) => one.model === model)
  const unknown = fields.filter(({ value }) => value === null).map(({ name }) => name)
  return {
    title: model,
    fields: [
      computed('Used as', names, 'manifest'),
      maybe.computed(
        'Parameters',
        part && Object.entries(part.parameters).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
        'manifest',
      ),
      computed('Can change under us', part ? (part.mutable ?? 'no') : 'it is not a part of the answers', 'manifest'),
      ...fields.flatMap(({ name, value, source }) =>
        value === null ? [] : [maybe.computed(name, value, source ?? 'registry of models')],
      ),
      computed('What its licence asks for, no legal advice', [...obligationsOf(model)], 'packs/licences'),
      maybe.computed('How it was trained here', [...lineageOf(model)], 'training runs'),
      maybe.computed('Unknown', unknown, 'registry of models'),
    ],
  }
}
