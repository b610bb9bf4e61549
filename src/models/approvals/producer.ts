/**
 * Answers `model.approved` for the models of a release that do not live in this program. It is bound to the models'
 * parts and to the terms they are approved under, so it goes stale when either changes. A release that only asks
 * models of the program, or that calls an existing application, is answered by its approvals.yaml.
 */
import type { EvidenceDraft } from '../../core/evidence.ts'
import { type Manifest, type Part, partsOf } from '../../core/manifest.ts'
import { FREE, type Producer } from '../../core/producer.ts'
import type { Approvals } from './approvals.ts'
import { remoteModels } from './approvals.ts'
import { wantedBy } from './wanted.ts'

export const MODEL_TERMS = 'model-terms'

/** What evidence on the models of a release depends on beside its parts; none where no model needs an approval. */
export function termsPart(approvals: Pick<Approvals, 'termsOf'>, manifest: Manifest): Part[] {
  const digest = approvals.termsOf(manifest)
  return digest === undefined ? [] : [{ kind: 'document', name: MODEL_TERMS, digest }]
}

export const approvalProducer = (approvals: Pick<Approvals, 'barred' | 'termsOf' | 'lineagesOf'>): Producer => ({
  name: 'models/approvals',
  checks: ['model.approved'],
  quote: async () => FREE,
  run: async ({ release, application, by }): Promise<EvidenceDraft[]> => {
    const { manifest } = release
    const used = remoteModels(manifest)
    if (used.length === 0 || manifest.target !== null) return []
    const barred = approvals.barred(manifest, wantedBy(application.documents.profile?.value, 'poc'))
    const refused = new Set(barred.map(({ model }) => model))
    const own = approvals.lineagesOf(manifest)
    const untold = own.filter(({ missing }) => missing.length > 0)
    return [
      {
        application: release.application,
        release: release.id,
        check: 'model.approved',
        summary: [
          barred.length === 0
            ? `${used.length === 1 ? 'The model' : `All ${used.length} models`} of the release approved here: ${used.join(', ')}.`
            : barred.map(({ why }) => why).join(' '),
          ...untold.map(({ model, missing }) => `Missing in the lineage of ${model}: ${missing.join(' ')}`),
        ].join(' '),
        facts: {
          unapproved: { value: refused.size, n: used.length },
          ...(own.length > 0 && { incompleteLineages: { value: untold.length, n: own.length } }),
        },
        inputs: [...partsOf(manifest).filter(({ kind }) => kind === 'model'), ...termsPart(approvals, manifest)],
        producer: { name: 'models/approvals', version: '1' },
        trust: 'measured',
        by,
      },
    ]
  },
})
