/** What people are told: as it is declared, and as each live release says it. */
import { Disclosure } from '../../core/disclosure.ts'
import type { Release } from '../../core/release.ts'
import type { Stage } from '../../core/stage.ts'
import { digestOf } from '../../kernel/digest.ts'
import type { GovernanceDeps } from '../governance-deps.ts'
import type { ServedDisclosure } from './contract.ts'

export type DisclosureDeps = Pick<GovernanceDeps, 'applicationOf'> & {
  /** The releases that answer now, by stage, the lowest first. */
  readonly liveOf: (name: string) => Promise<readonly { readonly stage: Stage; readonly release: Release }[]>
}

export type Disclosures = ReturnType<typeof createDisclosures>

export const createDisclosures = ({ applicationOf, liveOf }: DisclosureDeps) => ({
  async get(name: string): Promise<ServedDisclosure> {
    const application = await applicationOf(name)
    const declared = Disclosure.safeParse(application.documents.disclosure?.value).data ?? null
    const live = await liveOf(name)
    return {
      application: application.name,
      declared,
      live: live.map(({ stage, release: { id, manifest } }) => ({
        stage,
        release: id,
        disclosure: manifest.disclosure ?? null,
        isAsDeclared: digestOf(manifest.disclosure ?? null) === digestOf(declared),
      })),
    }
  },
})
