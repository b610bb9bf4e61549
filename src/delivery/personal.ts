/**
 * What delivery keeps of people. Files of a blueprint are edited like anybody edits them, so that the next release is
 * without the person; a file that cannot be edited line by line is named and left to a person. What is frozen keeps its
 * digests: contents are `privacy`'s own place, and prompts stay in their manifest.
 */

import { type BlueprintFile, type BlueprintFiles, bytesOf, textOf } from '../core/blueprint/files.ts'
import { mentions, type Sought } from '../core/data-subject.ts'
import { unitOf } from '../kernel/digest.ts'
import { type Database, inTransaction } from '../store/database.ts'
import type { Holding, PersonalPlace } from '../store/personal-data.ts'
import type { Applications } from './applications.ts'
import type { DeliveryDeps } from './deps.ts'
import { countSeen, removeSeen } from './rollouts/index.ts'
import type { StoredApplication } from './rows.ts'
import { listApplications, listReleases } from './store.ts'

const PAGE = 100

export function deliveryPlaces(
  deps: Pick<DeliveryDeps, 'db' | 'organisation' | 'systemActor' | 'textOfDocument'>,
  applications: Pick<Applications, 'filesOf' | 'editFiles'>,
): PersonalPlace[] {
  const { db, organisation } = deps
  return [
    {
      name: 'blueprint files',
      async *find(sought) {
        for await (const row of everyApplication(db, organisation))
          for (const [path, file] of Object.entries(await applications.filesOf(row)))
            for (const holding of await holdingsIn({ path, file, sought }, deps))
              yield { ...holding, application: row.name }
      },
      async remove(sought, count) {
        for await (const row of everyApplication(db, organisation)) {
          const before = await applications.filesOf(row)
          const { files, pieces } = withoutPerson(before, sought)
          if (pieces === 0) continue
          await applications.editFiles({
            name: row.name,
            by: deps.systemActor,
            what: 'deletion of personal data',
            files,
          })
          await inTransaction(db, (tx) => count(tx, 'remove', pieces))
        }
      },
    },
    {
      name: 'rollout units',
      async *find({ user }) {
        const found = user === null ? 0 : await countSeen(db, unitOf(user))
        for (let i = 0; i < found; i += 1)
          yield { fate: 'remove', application: null, content: { counted: 'once in the statistics of a rollout' } }
      },
      async remove({ user }, count) {
        if (user === null) return
        await inTransaction(db, async (tx) => count(tx, 'remove', await removeSeen(tx, unitOf(user))))
      },
    },
    {
      name: 'prompts of releases',
      async *find(sought) {
        for await (const row of everyApplication(db, organisation))
          for (const { number, manifest } of await listReleases(db, row.id, { cursor: undefined, limit: 10_000 }))
            for (const prompt of manifest.prompts)
              if (mentions(sought, prompt))
                yield {
                  fate: 'keep',
                  why: `The prompt ${prompt.name} is a part of release ${number} of ${row.name}, which is addressed by its digest. Take the name out of the prompt, freeze, and switch the old release off.`,
                  application: row.name,
                  content: prompt,
                }
      },
    },
  ]
}

async function* everyApplication(db: Database, organisation: string): AsyncGenerator<StoredApplication> {
  for (let cursor: string | undefined; ; ) {
    const page = await listApplications(db, organisation, { cursor, limit: PAGE })
    yield* page
    const last = page.at(-1)
    if (!last || page.length < PAGE) return
    cursor = last.name
  }
}

type Asked = { readonly path: string; readonly file: BlueprintFile; readonly sought: Sought }

/** What of a file would go, piece by piece, or why a person has to change it. */
async function holdingsIn(
  { path, file, sought }: Asked,
  { textOfDocument }: Pick<DeliveryDeps, 'textOfDocument'>,
): Promise<Omit<Holding, 'application'>[]> {
  const cut = cutterOf(path)
  if (cut)
    return cut(textOf(file))
      .filter((piece) => mentions(sought, unescaped(piece)))
      .map((piece) => ({ fate: 'remove', content: { path, text: piece } }))
  const texts = typeof file === 'string' ? [file] : ((await textOfDocument?.({ path, bytes: bytesOf(file) })) ?? [])
  if (!mentions(sought, texts)) return []
  const why = path.startsWith('knowledge/')
    ? `The document ${path} cannot be edited here. Take the name out of it, or remove it; until then the next release would hold it again.`
    : `${path} is a document that people answer for. Edit it by hand.`
  return [{ fate: 'keep', why, content: { path } }]
}

function withoutPerson(files: BlueprintFiles, sought: Sought): { files: BlueprintFiles; pieces: number } {
  let pieces = 0
  const rest = Object.fromEntries(
    Object.entries(files).map(([path, file]) => {
      const cut = cutterOf(path)
      if (!cut) return [path, file]
      const kept = cut(textOf(file)).filter((piece) => !mentions(sought, unescaped(piece)))
      const gone = cut(textOf(file)).length - kept.length
      pieces += gone
      return [path, gone === 0 ? file : kept.join('')]
    }),
  )
  return { files: rest, pieces }
}

/** Into pieces that make the text again when they are joined: rows of data, paragraphs of prose. */
function cutterOf(path: string): ((text: string) => string[]) | undefined {
  if (/^datasets\/.*\.jsonl$|^knowledge\/.*\.(jsonl|csv|tsv)$/.test(path)) return (text) => text.split(/(?<=\n)/)
  if (/^knowledge\/.*\.(md|markdown|txt)$/.test(path)) return (text) => text.split(/(?<=\n\s*\n)/)
  return undefined
}

/** The texts of a row of JSON lines as they are meant; other pieces as they stand. */
function unescaped(piece: string): unknown {
  if (!piece.startsWith('{')) return piece
  try {
    return JSON.parse(piece)
  } catch {
    return piece
  }
}
