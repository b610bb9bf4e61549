/** The system card: what the application is, what it is made of, how well it did, and what it cannot do. Pure. */
import { guardInWords } from '../../core/guardrail.ts'
import { authored, type CardSection, computed, maybe, referenced } from './card.ts'
import { flowWords } from './flow-words.ts'
import { type CardMaterial, documentsOf, notMeasured, resultLines } from './material.ts'

export function systemCard(material: CardMaterial): CardSection[] {
  const { release, application, law } = material
  const { manifest, number, digest, frozenAt, commit } = release
  const { charter, classification, card, duties, profile, inventory } = documentsOf(material)
  const [act] = law.laws
  return [
    {
      title: 'What it is',
      fields: [
        computed('Name', release.application, 'release'),
        computed(
          'Release',
          `r${number}, ${digest}, frozen ${frozenAt.slice(0, 10)}${commit ? `, commit ${commit}` : ''}`,
          release.id,
        ),
        referenced('Description', application.description, 'airworthy.yaml'),
        referenced('Intended use', charter.intendedUse ?? charter.problem, 'charter.yaml'),
        referenced('Users', charter.users, 'charter.yaml'),
        referenced('Not for', [...(charter.outOfScope ?? []), ...(charter.nonGoals ?? [])], 'charter.yaml'),
        maybe.referenced('Foreseeable misuse', charter.foreseeableMisuse, 'charter.yaml'),
        maybe.referenced(
          'How much it decides by itself',
          profile.autonomy ?? charter.autonomy,
          'airworthy.yaml, profile',
        ),
        referenced('Risk class', classification.riskClass, 'classification.yaml'),
        maybe.computed('Class that the answers speak for', act?.riskClass?.found?.title, `packs/law/${act?.law}`),
      ],
    },
    {
      title: 'What it is made of',
      fields: [
        computed(
          'Models',
          manifest.models.map(({ name, model, mutable }) => `${name}: ${model}${mutable ? `. ${mutable}` : ''}`),
          'manifest',
        ),
        maybe.computed(
          'Prompts',
          manifest.prompts.map(({ name, digest: own }) => `${name} ${own}`),
          'manifest',
        ),
        computed('Steps', flowWords(manifest.flow.steps), 'manifest'),
        maybe.computed('Baseline', manifest.baseline?.name, 'manifest'),
        maybe.computed(
          'Knowledge',
          manifest.index && `${manifest.index.passages} passages, ${manifest.index.digest}`,
          'manifest',
        ),
        maybe.computed('Target', manifest.target?.url, 'manifest'),
        maybe.computed(
          'Guardrails',
          manifest.guardrails?.map(({ name, guard }) => `${name} ${guardInWords(guard)}`),
          'manifest',
        ),
        maybe.computed(
          'Outside the release',
          manifest.outside.map(({ what, why }) => `${what}: ${why}`),
          'manifest',
        ),
      ],
    },
    {
      title: 'How well it did',
      fields: [
        computed('Quality', resultLines(material, 'eval.', 'pilot.'), 'evidence'),
        maybe.computed('Attacks and guardrails', resultLines(material, 'red.', 'guard.', 'sec.'), 'evidence'),
        maybe.computed('Operation', resultLines(material, 'perf.', 'rel.', 'ops.', 'obs.', 'prod.'), 'evidence'),
        maybe.computed('Cost', resultLines(material, 'cost.'), 'evidence'),
      ],
    },
    {
      title: 'Limits',
      fields: [
        authored('Limitations', card.limitations, 'card.yaml'),
        authored('Recommendations', card.recommendations, 'card.yaml'),
        maybe.computed('Not measured yet', notMeasured(material).join(', '), 'gates'),
        maybe.computed(
          'What does not pass now',
          material.findings.flatMap(({ title, verdict, why }) =>
            verdict === 'FAIL' || verdict === 'INCONCLUSIVE' ? [`${title}: ${why.join(' ')}`] : [],
          ),
          'gates',
        ),
      ],
    },
    {
      title: 'People',
      fields: [
        computed(
          'Who answers for it',
          Object.entries(duties).map(([duty, person]) => `${duty}: ${person}`),
          'airworthy.yaml, duties',
        ),
        authored('Oversight', card.oversight, 'card.yaml'),
        authored('Contact', card.contact, 'card.yaml'),
        maybe.computed('People are told', manifest.disclosure?.text, 'manifest'),
      ],
    },
    {
      title: 'Data',
      fields: [
        maybe.computed(
          'Datasets',
          manifest.datasets.map(({ name, rows, digest: own }) => `${name}: ${rows} rows, ${own}`),
          'manifest',
        ),
        maybe.referenced(
          'Sources',
          inventory.sources.map(
            ({ name, origin, licence, legalBasis }) =>
              `${name}: ${origin ?? 'origin unknown'}, ${licence ?? legalBasis ?? 'right of use unknown'}`,
          ),
          'inventory.yaml',
        ),
        referenced(
          'Personal data',
          profile.personalData === 'unknown' ? null : profile.personalData,
          'airworthy.yaml, profile',
        ),
      ],
    },
  ]
}
