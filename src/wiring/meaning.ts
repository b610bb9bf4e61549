/** The cache by meaning: measured by evals, with evidence of its own, and used by the gateway. */
import type { Access } from '../access/index.ts'
import { MEANING_CHECK } from '../core/cache-by-meaning.ts'
import type { Delivery } from '../delivery/index.ts'
import { createMeaning, type ExamplesOf, meaningHttp } from '../evals/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'
import type { Models } from '../models/index.ts'
import type { OwnWork } from './own-work.ts'

type Deps = {
  readonly access: Pick<Access, 'switches'>
  readonly delivery: Pick<Delivery, 'getRelease'>
  readonly evidence: Pick<EvidenceLog, 'list' | 'recordAll'>
  readonly examplesOf: ExamplesOf
  readonly models: Pick<Models, 'embed'>
  readonly own: OwnWork
  readonly report: (thrown: unknown, where?: string) => void
}

export function wireMeaning({ access, delivery, evidence, examplesOf, models, own, report }: Deps) {
  const meaning = createMeaning({
    examplesOf,
    embedFor: (whose) => own.modelsFor(whose).embed,
    evidenceOf: async ({ id, application }) =>
      (await evidence.list({ application, check: MEANING_CHECK, against: id }, { limit: 20 })).items,
    recordEvidence: (draft) => evidence.recordAll([draft]),
    whyOff: (application) => access.switches.whyOff('cache', application),
    report: (thrown) => report(thrown, 'cache by meaning'),
  })
  return {
    http: meaningHttp(meaning, { releaseOf: delivery.getRelease }),
    byMeaning: { ruleFor: meaning.ruleFor, embed: models.embed },
  }
}
