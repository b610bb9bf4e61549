/** What cards are made of, gathered from the slices: the release, its evidence as the gates judge it, models and law. */

import type { Release } from '../core/release.ts'
import type { Finding } from '../core/verdict.ts'
import type { Delivery } from '../delivery/index.ts'
import type { EvidenceLog } from '../evidence/index.ts'
import { type CardMaterial, type LawPacks, lawFactsOf } from '../governance/index.ts'
import type { Clock } from '../kernel/time.ts'
import { obligationLines } from '../models/index.ts'
import type { Database } from '../store/database.ts'
import type { Registry } from './model-registry.ts'

type Deps = {
  readonly db: Database
  readonly clock: Clock
  readonly delivery: Delivery
  readonly evidence: EvidenceLog
  readonly registry: Pick<Registry, 'fieldsOf' | 'obligationsOf' | 'lineageLines'>
  readonly laws: LawPacks
}

export const createCardMaterial =
  ({ db, clock, delivery, evidence, registry, laws }: Deps) =>
  async (release: Release): Promise<CardMaterial> => {
    const application = await delivery.getApplication(release.application)
    const findings = new Map<string, Finding>()
    // A check that several gates ask is told as the lowest of them judges it: the others are stricter, and come later.
    for (const gate of (await delivery.gates.decisions(release.id)).toReversed())
      for (const finding of gate.findings) findings.set(finding.check, finding)
    const values = Object.fromEntries(Object.entries(application.documents).map(([name, { value }]) => [name, value]))
    return {
      release,
      application,
      findings: [...findings.values()],
      evidence: await evidence.allOf(db, release.application),
      modelFields: (model) =>
        registry.fieldsOf(model).map(({ name, value, source, place }) => ({
          name,
          value: value === null ? null : typeof value === 'string' ? value : JSON.stringify(value),
          source: [source, place].filter((one) => one !== null).join(', ') || null,
        })),
      obligationsOf: (model) => obligationLines(registry.obligationsOf(model)),
      lineageOf: registry.lineageLines,
      law: lawFactsOf(laws, values, { today: clock().slice(0, 10) }),
    }
  }
