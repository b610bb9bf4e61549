/**
 * Technical documentation: the skeleton of Annex IV of the EU AI Act for providers of high-risk systems, and the short
 * record of Article 26 for deployers. Filled from what is known; what only people can say stands in `card.yaml`. Pure.
 */
import { authored, type CardSection, computed, maybe, referenced } from './card.ts'
import { flowWords } from './flow-words.ts'
import { type CardMaterial, documentsOf, resultLines } from './material.ts'

export function annexIv(material: CardMaterial): CardSection[] {
  const { release, application } = material
  const { manifest } = release
  const { charter, card, risks } = documentsOf(material)
  const decision = (application.documents.decision?.value ?? {}) as {
    chosen?: string
    reasons?: string
    rejected?: { option?: string; reason?: string }[]
  }
  const { references } = card
  return [
    {
      title: '1 General description',
      fields: [
        referenced('Purpose', charter.intendedUse ?? charter.problem, 'charter.yaml'),
        computed('Version', `r${release.number}, ${release.digest}`, release.id),
        computed(
          'How it meets other software',
          [
            'chat completions, Responses and Messages over HTTP',
            ...(manifest.target ? [`target ${manifest.target.url}`] : []),
          ],
          'gateway',
        ),
        authored('Form, hardware and delivery', card.delivery, 'card.yaml'),
        authored('Instructions and contact', card.contact, 'card.yaml'),
      ],
    },
    {
      title: '2 Elements and how it was made',
      fields: [
        computed(
          '(a) Methods and tools of others',
          manifest.models.map(({ name, model }) => `${name}: ${model}`),
          'manifest',
        ),
        referenced(
          '(b) Choices and their reasons',
          [
            decision.chosen,
            decision.reasons,
            ...(decision.rejected ?? []).map(({ option, reason }) => `not ${option}: ${reason}`),
          ],
          'decision.yaml',
        ),
        computed('(c) Structure', flowWords(manifest.flow.steps), 'manifest'),
        computed(
          '(d) Data',
          [...manifest.datasets.map(({ name, rows }) => `${name}: ${rows} rows`), ...resultLines(material, 'data.')],
          'manifest, evidence',
        ),
        authored('(e) Human oversight', card.oversight, 'card.yaml'),
        authored('(f) Changes that were foreseen', card.foreseenChanges, 'card.yaml'),
        computed('(g) Tests, with date and signature', resultLines(material, 'eval.', 'perf.', 'rel.'), 'evidence'),
        computed('(h) Security', resultLines(material, 'sec.', 'red.', 'guard.'), 'evidence'),
      ],
    },
    {
      title: '3 Monitoring, working and control',
      fields: [
        authored('What it can and cannot do', card.limitations, 'card.yaml'),
        maybe.computed('Accuracy by group', resultLines(material, 'eval.fairness'), 'evidence'),
        authored('How it is watched', card.monitoring, 'card.yaml'),
      ],
    },
    { title: '4 Why the metrics fit', fields: [authored('Why the metrics fit', card.metricsFit, 'card.yaml')] },
    {
      title: '5 Risk management',
      fields: [
        referenced(
          'Risks',
          risks.map(
            ({ title, owner, treatment }) => `${title}: ${treatment ?? 'no treatment'}, ${owner ?? 'no owner'}`,
          ),
          'risks.yaml',
        ),
        maybe.computed('What the gate says', resultLines(material, 'risk.', 'sec.threatmodel'), 'evidence'),
      ],
    },
    {
      title: '6 Changes over its life',
      fields: [
        computed(
          'Release',
          `r${release.number} of ${release.frozenAt.slice(0, 10)}; each release before it is kept with its manifest`,
          release.id,
        ),
      ],
    },
    { title: '7 Standards applied', fields: [authored('Standards', card.standards, 'card.yaml')] },
    {
      title: '8 Declaration of conformity',
      fields: [
        authored('Declaration', references.declarationOfConformity, 'card.yaml'),
        authored('Conformity assessment', references.conformityAssessment, 'card.yaml'),
        authored('Registration', references.registration, 'card.yaml'),
      ],
    },
    {
      title: '9 Plan for the time after',
      fields: [
        authored('Plan', card.monitoring, 'card.yaml'),
        maybe.computed('Standing checks', resultLines(material, 'prod.'), 'evidence'),
      ],
    },
  ]
}

export function deployerRecord(material: CardMaterial): CardSection[] {
  const { card, duties, charter, inventory } = documentsOf(material)
  const privacy = (material.application.documents.privacy?.value ?? {}) as { retention?: { tracesDays?: number } }
  return [
    {
      title: 'Use',
      fields: [
        referenced('What it is used for', charter.intendedUse ?? charter.problem, 'charter.yaml'),
        authored('Instructions that are followed', card.instructions, 'card.yaml'),
        referenced(
          'Input data',
          inventory.sources.map(({ name, refresh }) => `${name}, refreshed ${refresh ?? 'nobody knows when'}`),
          'inventory.yaml',
        ),
      ],
    },
    {
      title: 'People',
      fields: [
        authored('Oversight', card.oversight, 'card.yaml'),
        computed(
          'Who answers for it',
          Object.entries(duties).map(([duty, person]) => `${duty}: ${person}`),
          'airworthy.yaml, duties',
        ),
        maybe.computed('Competence', resultLines(material, 'train.'), 'evidence'),
        maybe.authored('Who was told', card.informed, 'card.yaml'),
        authored('Contact', card.contact, 'card.yaml'),
      ],
    },
    {
      title: 'Watching it',
      fields: [
        authored('How it is watched', card.monitoring, 'card.yaml'),
        computed(
          'Logs are kept',
          privacy.retention?.tracesDays ? `${privacy.retention.tracesDays} days` : 'until somebody deletes them',
          'airworthy.yaml, privacy',
        ),
        maybe.computed('Incidents and reviews', resultLines(material, 'prod.incident', 'prod.review'), 'evidence'),
        authored('Limitations', card.limitations, 'card.yaml'),
      ],
    },
  ]
}
