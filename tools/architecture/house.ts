/**
 * The house plan: `architecture.json`, parsed at the door, and the question that every rule asks of it,
 * "to which part of the house does this file belong?".
 *
 * Invariant: a file belongs to exactly one place. A listed file is a place of its own, with its test; else the longest
 * listed folder wins; else the file is homeless, which is a finding.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const names = z.array(z.string().min(1)).default([])

const Folder = z.strictObject({
  /** Listed folders or files that it may import; `*` is all of them but the tests-only ones. */
  uses: names,
  /** npm packages that only this folder imports. */
  packages: names,
  /** Imported by tests, and by those that list it by name. */
  testsOnly: z.boolean().default(false),
})
type Folder = z.infer<typeof Folder>

const Plan = z.strictObject({
  folders: z.record(z.string(), Folder),
  files: z.record(z.string(), Folder).default({}),
  everywhere: names,
  storeOnly: names,
  development: names,
  root: names,
  network: names,
  listeners: names,
  byFile: z.array(z.string()).default(['src/kernel', 'src/core', 'src/wire', 'src/store', 'src/testing']),
  generated: names,
})

/** What `architecture.json` says, with its defaults filled in. */
export type House = z.infer<typeof Plan>

/** Where a file lives: the listed folder or file, what it may use, and its sub-slice, if it is in one. */
export type Place = { name: string; folder: Folder; sub: string | undefined }

/** Reads the plan of the repository at `root`; throws one line per mistake in it. */
export function readHouse(root: string): House {
  const parsed = Plan.safeParse(JSON.parse(readFileSync(join(root, 'architecture.json'), 'utf8')))
  if (!parsed.success) throw new Error(`architecture.json is not a plan:\n${z.prettifyError(parsed.error)}`)
  return { ...parsed.data, folders: { ...workshops, ...parsed.data.folders } }
}

/** The place of a file, or undefined when no listed folder holds it. `slices` are the folders with an `index.ts`. */
export function placeOf(house: House, slices: ReadonlySet<string>, path: string): Place | undefined {
  const tested = path.replace(/\.test(\.tsx?)$/, '$1')
  const file = house.files[tested]
  if (file) return { name: tested, folder: file, sub: undefined }
  const [name, folder] =
    Object.entries(house.folders)
      .filter(([folder]) => path.startsWith(`${folder}/`))
      .sort(([a], [b]) => b.length - a.length)[0] ?? []
  if (name === undefined || folder === undefined) return undefined
  const first = path.slice(name.length + 1).split('/')[0] ?? ''
  const sub = `${name}/${first}`
  return { name, folder, sub: path !== sub && name.startsWith('src/') && slices.has(sub) ? sub : undefined }
}

/** Whether a list such as `network` names the file: by its path, or by its folder as `folder/*` or `folder/`. */
export function lists(list: readonly string[], path: string): boolean {
  return list.some(
    (entry) => entry === path || (/\/\*{0,2}$/.test(entry) && path.startsWith(entry.replace(/\*+$/, ''))),
  )
}

/** Folders beside the product; they use all of it, and need a line in the plan only to be held tighter. */
const workshops: Record<string, Folder> = Object.fromEntries(
  ['tools', 'examples', 'bench'].map((name) => [name, { uses: ['*', 'src/testing'], packages: [], testsOnly: false }]),
)
