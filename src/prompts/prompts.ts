/**
 * Prompts: rendered for flows, and kept as versions. A version is recorded in the transaction that freezes the
 * release, is the same for the same digest, and is never changed: which one is live is decided by releases and
 * gates alone.
 */
import type { PromptPart } from '../core/manifest.ts'
import type { ReleaseId } from '../core/release.ts'
import { Failure } from '../kernel/failure.ts'
import type { Instant } from '../kernel/time.ts'
import type { Database, Tx } from '../store/database.ts'
import type { PromptVersion } from './contract.ts'
import { createRenderer } from './render.ts'
import { listUses, listVersionRows, type PromptVersionRow, saveUse, saveVersion } from './store.ts'

export type PromptsDeps = { readonly db: Database; readonly organisation: string }

export type Frozen = {
  readonly application: string
  readonly release: ReleaseId
  readonly prompts: readonly PromptPart[]
  readonly at: Instant
}

/** A version with the releases that have it, newest first. */
export type UsedVersion = PromptVersion & { readonly releases: ReleaseId[] }

export function createPrompts({ db, organisation }: PromptsDeps) {
  async function used(application: string, name?: string): Promise<UsedVersion[]> {
    const rows = await listVersionRows(db, { organisation, application }, name)
    const uses = await listUses(db, { organisation, application }, name)
    const releases = Map.groupBy(uses, (use) => `${use.name} ${use.digest}`)
    return rows.map(({ organisation: _, ...version }) => ({
      ...version,
      releases: (releases.get(`${version.name} ${version.digest}`) ?? []).map(({ release }) => release),
    }))
  }

  return {
    render: createRenderer(),

    /** Records the prompts of a release: a new digest is a new version, a known one gains a use. */
    async recordVersions(tx: Tx, { application, release, prompts, at }: Frozen): Promise<void> {
      const known = await listVersionRows(tx, { organisation, application })
      for (const { name, digest, frontMatter, body, partials = null } of prompts) {
        const versions = known.filter((version) => version.name === name)
        if (!versions.some((version) => version.digest === digest))
          await saveVersion(tx, {
            organisation,
            // The release's own application, whose name was parsed at the door.
            application: application as PromptVersionRow['application'],
            name,
            number: Math.max(0, ...versions.map(({ number }) => number)) + 1,
            digest,
            frontMatter,
            body,
            partials,
            firstRelease: release,
            at,
          })
        await saveUse(tx, {
          organisation,
          application: application as PromptVersionRow['application'],
          name,
          digest,
          release,
          at,
        })
      }
    },

    async list(application: string) {
      const all = await used(application)
      return [...Map.groupBy(all, ({ name }) => name)].flatMap(([name, versions]) => {
        const [latest] = versions
        return latest ? [{ name, versions: versions.length, latest: withoutReleases(latest), all: versions }] : []
      })
    },

    /** Newest first. */
    async versions(application: string, name: string): Promise<UsedVersion[]> {
      const rows = await used(application, name)
      if (rows.length > 0) return rows
      throw new Failure(
        'unknown',
        'prompts.unknown',
        `${application} has no frozen prompt ${name}. Versions are recorded when a release is frozen.`,
      )
    },
  }
}
export type Prompts = ReturnType<typeof createPrompts>

const withoutReleases = ({ releases: _, ...version }: UsedVersion): PromptVersion => version
