/** What holds of the path of the echo application at any moment, and at its end. */
import { expect } from 'vitest'
import type { Client } from '../../sdk/index.ts'
import type { Standing } from './parcels-path.ts'

/** Whatever is there is whole: nothing names what is not there, and each change is in the log once. */
export async function demandConsistent(client: Client): Promise<void> {
  expect(await client.verifyAudit()).toMatchObject({ kind: 'intact' })
  const { items: log } = await client.listAudit({ query: { limit: 1000 } })
  const logged = (action: string) =>
    new Set(log.filter((entry) => entry.action === action).map(({ subject }) => subject))
  const { items: applications } = await client.listApplications()
  const releases = new Set<string>()
  for (const { name } of applications) {
    const { items } = await client.listReleases({ params: { name } })
    for (const { id } of items) {
      const release = await client.getRelease({ params: { id } })
      expect(release.manifest.prompts.length, id).toBeGreaterThan(0)
      releases.add(id)
    }
    // The files of the blueprint are there, whole.
    expect(Object.keys((await client.getBlueprint({ params: { name } })).files)).toContain('airworthy.yaml')
  }
  // To freeze the same again is logged again, and is the same release.
  expect(logged('delivery.freeze')).toEqual(releases)
  const { items: promotions } = await client.listPromotions()
  expect(logged('delivery.promote')).toEqual(new Set(promotions.map(({ release }) => release)))
  const { items: rollouts } = await client.listRollouts()
  expect(logged('delivery.rollout-start')).toEqual(new Set(rollouts.map(({ id }) => id)))
  for (const { stages } of Object.values((await client.getLive()).applications))
    for (const { release, rollout } of Object.values(stages))
      for (const id of [release, ...(rollout ? [rollout.candidate] : [])]) expect(releases).toContain(id)
}

/** Two releases through the gate, a rollout that completed, two experiments with every row once. */
export function demandEnd(standing: Standing | undefined, note: string): void {
  expect(standing?.releases, note).toHaveLength(2)
  expect(standing?.rollouts, note).toEqual(['completed'])
  expect(standing?.releases, note).toContain(standing?.live)
  expect(new Set(standing?.experiments), note).toEqual(new Set(['72 rows']))
}
