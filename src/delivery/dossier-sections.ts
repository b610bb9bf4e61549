/** What delivery knows of a release for its dossier: manifest, documents, gate decisions, promotions, waivers, rollouts. */
import type { DossierEntry, DossierSection } from '../core/dossier.ts'
import type { Release } from '../core/release.ts'
import { nextStage, STAGES, type Stage } from '../core/stage.ts'
import type { GateDecision } from '../core/verdict.ts'
import { shortDigest } from '../kernel/digest.ts'
import type { Delivery } from './delivery.ts'

const ALL = { limit: 1000 }

export function dossierSectionsOf(delivery: Delivery): DossierSection[] {
  return [
    {
      name: 'manifest',
      title: 'The release',
      read: async ({ manifest, number, digest }) => [
        { name: digest, title: `Manifest of r${number} ${shortDigest(digest)}`, body: manifest },
      ],
    },
    {
      name: 'documents',
      title: 'Documents of the application, as they stand',
      async read({ application }) {
        const { documents } = await delivery.getApplication(application)
        return Object.entries(documents).map(([name, body]) => ({ name, title: name, body }))
      },
    },
    {
      name: 'gates',
      title: 'Decisions of the gates, with what they read',
      read: async (release) =>
        (await decisionsOf(delivery, release)).map(({ name, decision }) => ({
          name,
          title: `Gate into ${decision.into}, ${decision.decision}, ${decision.at}`,
          body: decision,
        })),
    },
    {
      name: 'promotions',
      title: 'Promotions',
      async read({ id }) {
        const { items } = await delivery.promotions.list({ release: id }, ALL)
        return items.toReversed().map(({ gate: { snapshotDigest }, ...promotion }) => ({
          name: promotion.id,
          title: `Into ${promotion.into} on ${promotion.at}`,
          body: { ...promotion, snapshotDigest },
        }))
      },
    },
    {
      name: 'waivers',
      title: 'Waivers',
      async read({ id }) {
        const { items } = await delivery.waivers.list({ release: id }, ALL)
        return items.toReversed().map((waiver) => ({
          name: waiver.id,
          title: `${waiver.check} into ${waiver.into}: ${waiver.state}, until ${waiver.until}`,
          body: waiver,
        }))
      },
    },
    {
      name: 'rollouts',
      title: 'Rollouts, with every point that was decided on',
      async read({ id, application }) {
        const { items } = await delivery.rollouts.list({ application }, ALL)
        const entries: DossierEntry[] = []
        for (const rollout of items.toReversed().filter((one) => one.candidate === id || one.control === id))
          entries.push({
            name: rollout.id,
            title: `r${rollout.controlNumber} to r${rollout.candidateNumber} in ${rollout.stage}: ${rollout.state}`,
            body: { ...rollout, history: await delivery.rollouts.history(rollout.id) },
          })
        return entries
      },
    },
  ]
}

/** The decisions that promotions rested on, and the one that stands before the next stage. */
export async function decisionsOf(
  delivery: Delivery,
  { id }: Pick<Release, 'id'>,
): Promise<{ name: string; decision: GateDecision }[]> {
  const { items } = await delivery.promotions.list({ release: id }, ALL)
  const past = items.toReversed().map((promotion) => ({ name: promotion.id, decision: promotion.gate }))
  const highest = items.reduce<Stage>(
    (stage, { into }) => (STAGES.indexOf(into) > STAGES.indexOf(stage) ? into : stage),
    'sandbox',
  )
  const into = nextStage(highest)
  const hasGate = delivery.catalogue.gates.some((gate) => gate.into === into)
  return into && hasGate ? [...past, { name: 'next', decision: await delivery.gates.decision(id, into) }] : past
}
