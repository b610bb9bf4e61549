/**
 * Advisories: imported in the OSV form, and held against the packages of this program and the models that are known.
 *
 * Invariant: what cannot be ruled out counts as possible, never as clean.
 */
import type { ActorId } from '../../core/actor.ts'
import { Failure, type Problem } from '../../kernel/failure.ts'
import type { Clock, Instant } from '../../kernel/time.ts'
import { type Database, inTransaction } from '../../store/database.ts'
import type { RecordAudit } from '../../store/record-audit.ts'
import { type Remember, readOnly } from '../../store/remember.ts'
import type { ChangeEvent } from '../../wire/events.ts'
import { type Component, hitsOf } from './component.ts'
import type { Advisory, StoredAdvisory } from './contract.ts'
import { OsvAdvisory } from './osv.ts'
import { severityOf } from './severity.ts'
import { listAdvisoryRows, removeAdvisory, saveAdvisory } from './store.ts'

export type AdvisoriesDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly organisation: string
  readonly record: RecordAudit
  readonly publish: (event: ChangeEvent) => void
  readonly remember?: Remember
  /** The packages that this program consists of. */
  readonly packages: readonly Component[]
  /** The models that are known, as they were published. */
  readonly models: () => readonly Component[]
}

export type Advisories = Awaited<ReturnType<typeof createAdvisories>>

const MOST_PROBLEMS = 20

export async function createAdvisories(deps: AdvisoriesDeps) {
  const { db, clock, organisation, record, publish, packages, remember = readOnly } = deps
  let kept: StoredAdvisory[] = []
  await reload()

  async function reload(): Promise<void> {
    kept = await remember('model-advisories', () => listAdvisoryRows(db, organisation))
  }
  const tell = () => {
    publish({ topic: 'advisory', id: 'all', application: null })
    publish({ topic: 'model-card', id: 'advisories', application: null })
  }
  const shown = (
    { id, advisory, modified, withdrawn, importedAt }: StoredAdvisory,
    components: readonly Component[],
  ): Advisory => ({
    id,
    aliases: advisory.aliases ?? [],
    summary: advisory.summary ?? advisory.details?.slice(0, 200) ?? '',
    severity: severityOf(advisory),
    modified,
    withdrawn,
    hits: hitsOf(advisory, components).map(({ component: { kind, name, version }, touch, severity }) => ({
      kind,
      name,
      version,
      touch,
      severity,
    })),
    importedAt,
  })
  const newestImport = (): Instant | null =>
    kept.reduce<Instant | null>((best, { importedAt }) => (best && best >= importedAt ? best : importedAt), null)

  return {
    reload,
    newestImport,
    packages: packages.length,

    /** Those about one of these. From memory. */
    about(components: readonly Component[]): Advisory[] {
      return kept.map((one) => shown(one, components)).filter(({ hits }) => hits.length > 0)
    },
    /** Those about packages of this program. */
    aboutProgram: (): Advisory[] => kept.map((one) => shown(one, packages)).filter(({ hits }) => hits.length > 0),

    list(
      { about, model }: { about: 'anything' | 'ours'; model?: string | undefined },
      { cursor, limit }: { cursor?: string | undefined; limit: number },
    ): Advisory[] {
      const models = deps.models()
      const components = model === undefined ? [...packages, ...models] : models.filter(({ name }) => name === model)
      return kept
        .filter(({ id }) => cursor === undefined || id > cursor)
        .map((one) => shown(one, components))
        .filter(({ hits }) => (about === 'anything' && model === undefined) || hits.length > 0)
        .slice(0, limit)
    },

    async import(content: string, by: ActorId) {
      const read = readAdvisories(content)
      const known = new Map(kept.map((one) => [one.id, one]))
      const fresh = read.filter(({ id, modified }) => (known.get(id)?.modified ?? '') < modified)
      const added = fresh.filter(({ id }) => !known.has(id)).length
      const importedAt = clock()
      await inTransaction(db, async (tx) => {
        for (const advisory of read) {
          const { id, modified, withdrawn = null } = advisory
          const before = known.get(id)
          // What was looked at again and had not changed is as fresh as the rest.
          const newest = before && before.modified >= modified ? before : { modified, withdrawn, advisory }
          await saveAdvisory(tx, { ...newest, organisation, id, importedAt, importedBy: by })
        }
        const detail = { added, updated: fresh.length - added, advisories: fresh.slice(0, 100).map(({ id }) => id) }
        await record(tx, { actor: by, action: 'models.import-advisories', subject: 'advisories', detail })
      })
      await reload()
      tell()
      const ours = [...packages, ...deps.models()]
      return {
        added,
        updated: fresh.length - added,
        unchanged: read.length - fresh.length,
        hits: read.filter((advisory) => hitsOf(advisory, ours).length > 0).length,
      }
    },

    async remove(id: string, by: ActorId): Promise<void> {
      await inTransaction(db, async (tx) => {
        if (!(await removeAdvisory(tx, organisation, id)))
          throw new Failure('unknown', 'models.advisory-unknown', `There is no advisory ${id}.`)
        await record(tx, { actor: by, action: 'models.delete-advisory', subject: id })
      })
      await reload()
      tell()
    },
  }
}

/** Throws `models.advisories-unreadable` with each one that is not of the form; the last of two with one id counts. */
export function readAdvisories(content: string): OsvAdvisory[] {
  const values = valuesIn(content.replace(/^\uFEFF/, '').trim())
  const problems: Problem[] = []
  const found = new Map<string, OsvAdvisory>()
  values.forEach((value, at) => {
    const parsed = OsvAdvisory.safeParse(value)
    if (parsed.success) found.set(parsed.data.id, parsed.data)
    else if (problems.length < MOST_PROBLEMS) {
      const issue = parsed.error.issues[0]
      problems.push({
        field: `${at + 1}: ${issue?.path.join('.') || 'advisory'}`,
        message: issue?.message ?? 'it is not of the form',
      })
    }
  })
  if (problems.length > 0) throw unreadable(`${problems[0]?.field}: ${problems[0]?.message}`, problems)
  if (found.size === 0) throw unreadable('there is none in it', [])
  return [...found.values()]
}

function valuesIn(content: string): unknown[] {
  try {
    const value: unknown = JSON.parse(content)
    if (Array.isArray(value)) return value
    const { vulns } = (value ?? {}) as { vulns?: unknown }
    return Array.isArray(vulns) ? vulns : [value]
  } catch {
    return content.split(/\r?\n/).flatMap((line, at) => {
      if (line.trim() === '') return []
      try {
        return [JSON.parse(line) as unknown]
      } catch {
        throw unreadable(`line ${at + 1} is no JSON`, [{ field: 'content', line: at + 1, message: 'it is no JSON' }])
      }
    })
  }
}

const unreadable = (why: string, problems: readonly Problem[]): Failure =>
  new Failure(
    'invalid',
    'models.advisories-unreadable',
    `These are no advisories in the OSV form: ${why}. Send JSON of the OSV schema: one, a list, or one a line.`,
    { problems },
  )
