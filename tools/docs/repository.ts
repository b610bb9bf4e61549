/** The repository as the document checks see it: its Markdown files, read once, and what exists beside them. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Page, readPage } from './markdown.ts'

/** A finding of a document check. */
export type DocFinding = { file: string; line: number; found: string; remedy: string }

/** What one check returns: findings fail, notes are only said. */
export type DocCheck = (repository: Repository) => { findings: DocFinding[]; notes?: string[] }

/** Built once; `pages` are keyed by their path in the repository. */
export type Repository = {
  root: string
  pages: ReadonlyMap<string, Page>
  exists: (path: string) => boolean
  /** The text of a file, or undefined when there is none. */
  read: (path: string) => string | undefined
}

/** Reads all documents below `root`. */
export function openRepository(root: string): Repository {
  const exists = (path: string): boolean => existsSync(join(root, path))
  const read = (path: string): string | undefined => (exists(path) ? readFileSync(join(root, path), 'utf8') : undefined)
  const paths = globSync(['*.md', '{docs,src,sdk,web,tools,examples,bench,data,deploy,packs}/**/*.md'], {
    cwd: root,
    exclude: (path) => /(^|[\\/])(node_modules|dist|\.airworthy)$/.test(path),
  })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !isContent(path))
    .sort()
  return { root, exists, read, pages: new Map(paths.map((path) => [path, readPage(read(path) ?? '')])) }
}

/** Documents that an example answers from are its data, not our documentation. */
const isContent = (path: string): boolean =>
  /\/(node_modules|dist|\.airworthy)\//.test(path) || /^(examples|packs)\/.*\/knowledge\//.test(path)
