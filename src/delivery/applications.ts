/** Applications and their blueprints. */
import { type ActorId, Permission } from '../core/actor.ts'
import type { Blueprint } from '../core/blueprint/blueprint.ts'
import type { BlueprintFile, BlueprintFiles } from '../core/blueprint/files.ts'
import { withLines } from '../core/blueprint/yaml-file.ts'
import type { Digest } from '../kernel/digest.ts'
import { Failure, type Problem } from '../kernel/failure.ts'
import { inTransaction } from '../store/database.ts'
import { isDuplicate } from '../store/database-error.ts'
import { page } from '../wire/route.ts'
import {
  bytesDigest,
  type Checked,
  checkFiles,
  demandBlueprint,
  differingPaths,
  keepFiles,
  outdated,
  readBlueprint,
} from './blueprint-files.ts'
import type { DeliveryDeps } from './deps.ts'
import { demandMayGrant } from './duties.ts'
import type { GateSummaries } from './gate-summaries.ts'
import { createKeptApplications } from './kept-applications.ts'
import type { StoredApplication } from './rows.ts'
import type { ServedApplication } from './served.ts'
import { demandApplicationRow } from './standing.ts'
import {
  addApplication,
  type Cut,
  changeApplication,
  LIVE_DOCUMENTS,
  listFiles,
  lockApplication,
  raiseLiveVersion,
  replaceFiles,
} from './store.ts'
import { servedApplication } from './views.ts'

export type Applications = ReturnType<typeof createApplications>

/** Who keeps a blueprint, and what this person may do. */
type Keeper = { readonly actor: ActorId; readonly permissions: ReadonlySet<Permission> }

type Put = { name: string; ifMatch?: string | undefined; by: Keeper }

const ATTEMPTS = 3

export function createApplications(
  deps: DeliveryDeps,
  { refreshLive, summaries }: { refreshLive: () => Promise<void>; summaries: GateSummaries },
) {
  const { db, blobs, clock, newId, organisation } = deps

  const kept = createKeptApplications(deps)
  const find = (name: string) => demandApplicationRow(db, deps, name)
  const filesOf = async ({ id }: StoredApplication) => (await readBlueprint({ db, blobs, application: id })).files

  async function serve(row: StoredApplication, { documents = false } = {}): Promise<ServedApplication> {
    const [view] = await summaries.ofApplications([row])
    if (!view) throw new Error('One application has one view.')
    return servedApplication(view, { documents })
  }

  async function announce(row: StoredApplication, blueprint: Blueprint, by: ActorId): Promise<ServedApplication> {
    const { rollouts: _, frozenBlueprint: __, ...application } = row
    await deps.onBlueprint?.({ application, settings: blueprint.settings, by })
    await refreshLive()
    deps.publish({ topic: 'application', id: row.name, application: row.name })
    return serve(row)
  }

  /** Keeps a blueprint that parses. False when somebody else changed it since `before` was read. */
  async function keep(given: {
    before: StoredApplication
    files: BlueprintFiles
    blueprint: Blueprint
    /** The digest of the bytes that were there. */
    bytes: Digest
    by: ActorId
    what: string
  }): Promise<StoredApplication | undefined> {
    const { before, files, blueprint, bytes, by, what } = given
    const change = { ...contentOf(blueprint), updatedAt: clock() }
    const rows = await keepFiles({ blobs, organisation, application: before.id, files })
    return inTransaction(db, async (tx) => {
      // Not by the blueprint's digest: an edit of comments alone leaves that as it was.
      await lockApplication(tx, organisation, before.name)
      if (bytesDigest(await listFiles(tx, before.id)) !== bytes) return undefined
      await changeApplication(tx, before.id, change)
      await replaceFiles(tx, before.id, rows)
      const isOther = (document: string) => before.documents[document]?.digest !== change.documents[document]?.digest
      if (LIVE_DOCUMENTS.some(isOther)) await raiseLiveVersion(tx, organisation)
      const detail = { what, before: before.blueprint, after: change.blueprint }
      const entry = { subject: before.name, application: before.name, detail }
      await deps.record(tx, { actor: by, action: 'delivery.blueprint-put', ...entry })
      return { ...before, ...change }
    })
  }

  /** Changes the files that are there now; tries again when somebody else was quicker. */
  async function edit(given: {
    name: string
    by: Keeper
    what: string
    /** Digest of the bytes that the writer has read; without it the newest are built on. */
    ifMatch: string | undefined
    files: (now: StoredApplication) => Promise<BlueprintFiles>
  }): Promise<ServedApplication> {
    const { name, by, what, ifMatch } = given
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const before = await find(name)
      const rows = await listFiles(db, before.id)
      const bytes = bytesDigest(rows)
      const files = await given.files(before)
      if (ifMatch !== undefined && ifMatch !== bytes) throw outdated(before, { rows, files, bytes })
      const blueprint = demandBlueprint(checkFiles({ files, name }, deps))
      await deps.demandIdle?.(name, differingPaths(rows, files))
      const { settings } = blueprint
      demandMayGrant({ before: before.documents.duties?.value, after: settings.duties, permissions: by.permissions })
      await deps.mayKeep?.({ name, files, settings, tools: blueprint.tools, permissions: by.permissions })
      const kept = await keep({ before, files, blueprint, bytes, by: by.actor, what })
      if (kept) return announce(kept, blueprint, by.actor)
    }
    throw new Failure(
      'conflict',
      'delivery.blueprint-busy',
      'Others are changing this blueprint at the moment. Try again.',
    )
  }

  return {
    find,
    filesOf,

    /** As they are kept, for whoever looks through all of them. */
    all: kept.all,
    named: kept.named,

    async create(given: {
      name: string
      template?: string | undefined
      files?: BlueprintFiles | undefined
      by: Keeper
    }): Promise<ServedApplication> {
      const { name } = given
      const by = given.by.actor
      const files = { ...templateFiles(deps, given), ...given.files }
      if (await deps.isNameTaken(name)) throw taken(name)
      const blueprint = demandBlueprint(checkFiles({ files, name }, deps))
      const { settings } = blueprint
      demandMayGrant({ before: undefined, after: settings.duties, permissions: given.by.permissions })
      await deps.mayKeep?.({ name, files, settings, tools: blueprint.tools, permissions: given.by.permissions })
      const now = clock()
      const row: StoredApplication = {
        id: newId('app'),
        organisation,
        name,
        template: given.template ?? blueprint.settings.template ?? 'files',
        ...contentOf(blueprint),
        createdAt: now,
        createdBy: by,
        updatedAt: now,
        frozenBlueprint: null,
      }
      const rows = await keepFiles({ blobs, organisation, application: row.id, files })
      try {
        await inTransaction(db, async (tx) => {
          await addApplication(tx, row)
          await replaceFiles(tx, row.id, rows)
          const entry = { subject: name, application: name, detail: { template: row.template } }
          await deps.record(tx, { actor: by, action: 'delivery.application-create', ...entry })
        })
      } catch (thrown) {
        if (isDuplicate(thrown)) throw taken(name)
        throw thrown
      }
      return announce(row, blueprint, by)
    },

    async list({ cursor, limit }: Cut, only?: string): Promise<{ items: ServedApplication[]; next: string | null }> {
      const rows = only === undefined ? await kept.page({ cursor, limit: limit + 1 }) : [await find(only)]
      const cut = page(rows, limit, ({ name }) => name)
      const views = await summaries.ofApplications(cut.items)
      return { items: views.map((view) => servedApplication(view)), next: cut.next }
    },

    get: async (name: string, { documents = false } = {}): Promise<ServedApplication> =>
      serve(await find(name), { documents }),

    async blueprint(name: string) {
      const row = await find(name)
      return { ...(await readBlueprint({ db, blobs, application: row.id })), digest: row.blueprint }
    },

    putBlueprint({
      name,
      files,
      keep = [],
      ifMatch,
      by,
    }: Put & { files: BlueprintFiles; keep?: string[] | undefined }) {
      const kept = async (now: StoredApplication): Promise<BlueprintFiles> => {
        if (keep.length === 0) return {}
        const there = await filesOf(now)
        const absent = keep.filter((path) => !(path in there))
        if (absent.length === 0)
          return Object.fromEntries(Object.entries(there).filter(([path]) => keep.includes(path)))
        throw new Failure(
          'invalid',
          'delivery.file-unknown',
          `The blueprint of ${name} has no ${absent.join(', ')} to keep. Send it with PUT …/blueprint/files/${absent[0]} first.`,
        )
      }
      const what = 'all files'
      return edit({ name, by, what, ifMatch, files: async (now) => ({ ...(await kept(now)), ...files }) })
    },

    putFile: ({ name, path, file, ifMatch, by }: Put & { path: string; file: BlueprintFile }) =>
      edit({ name, by, what: path, ifMatch, files: async (now) => ({ ...(await filesOf(now)), [path]: file }) }),

    /** As the installation itself edits them, for example when a person's data is deleted. */
    editFiles: ({ name, by, what, files }: { name: string; by: ActorId; what: string; files: BlueprintFiles }) =>
      edit({
        name,
        by: { actor: by, permissions: new Set(Permission.options) },
        what,
        ifMatch: undefined,
        files: async () => files,
      }),

    /** Every mistake of the files, or of the blueprint as it stands, without keeping anything. */
    async check({ name, files }: { name: string; files?: BlueprintFiles | undefined }) {
      const given = files ?? (await filesOf(await find(name)))
      const checked = checkFiles({ files: given, name }, deps)
      const problems =
        checked.kind === 'problems' ? checked.problems : withLines(given, await modelProblems(deps, checked.blueprint))
      const warnings = checked.kind === 'parsed' ? ((await deps.warningsOf?.(checked.blueprint, given)) ?? []) : []
      return { ok: problems.length === 0, digest: digestOf(checked), problems: [...problems], warnings }
    },
  }
}

const digestOf = (checked: Checked) => (checked.kind === 'parsed' ? checked.blueprint.digest : null)

const contentOf = ({ settings, digest, documents }: Blueprint) => ({
  description: settings.description,
  blueprint: digest,
  documents: { ...documents },
  rollouts: settings.rollouts,
})

function templateFiles(
  { templates }: DeliveryDeps,
  given: { template?: string | undefined; files?: unknown },
): BlueprintFiles {
  const names = templates.map(({ name }) => name).join(', ')
  if (given.template === undefined && given.files === undefined)
    throw new Failure(
      'invalid',
      'delivery.template-missing',
      `Name a template (${names}), or send the files of a blueprint.`,
    )
  if (given.template === undefined) return {}
  const found = templates.find(({ name }) => name === given.template)
  if (!found)
    throw new Failure(
      'invalid',
      'delivery.template-unknown',
      `There is no template ${given.template}. Choose one of ${names}.`,
    )
  return found.files
}

/** Models that nobody serves, found without building anything. */
async function modelProblems({ resolve }: DeliveryDeps, { settings }: Blueprint): Promise<Problem[]> {
  const problems: Problem[] = []
  for (const [name, use] of Object.entries(settings.models))
    try {
      await resolve.model(name, use)
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown
      // The first sentence says what is wrong, the rest what to do.
      const [message = '', remedy] = thrown.message.split(/(?<=\.) (.*)/s)
      problems.push({
        file: 'airworthy.yaml',
        field: `models.${name}.model`,
        message: message.replace(/\.$/, ''),
        remedy: remedy ?? 'Choose a model that works here; `airworthy models` lists them.',
      })
    }
  return problems
}

const taken = (name: string) =>
  new Failure(
    'conflict',
    'delivery.name-taken',
    `The name ${name} is in use by an application, a route or a provider. Choose another one.`,
  )
