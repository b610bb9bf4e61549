/** A blueprint's folder on disk as the files that the API takes, and back. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { UsageError } from './exit-code.ts'

export type Files = Record<string, string | { base64: string }>

const SKIPPED = new Set(['node_modules', '.git', '.airworthy', '.DS_Store'])

export const isBlueprint = (folder: string): boolean => existsSync(join(folder, 'airworthy.yaml'))

/** All files below the folder; text as text, everything else as base64. */
export function readFolder(folder: string): Files {
  const files: Files = {}
  const walk = (place: string) => {
    for (const entry of readdirSync(place, { withFileTypes: true })) {
      if (SKIPPED.has(entry.name) || entry.name.startsWith('.')) continue
      const path = join(place, entry.name)
      if (entry.isDirectory()) walk(path)
      else if (entry.isFile()) files[relative(folder, path).split(sep).join('/')] = content(path)
    }
  }
  walk(folder)
  return files
}

function content(path: string): string | { base64: string } {
  const bytes = readFileSync(path)
  const text = bytes.toString('utf8')
  return Buffer.from(text, 'utf8').equals(bytes) && !text.includes('\0') ? text : { base64: bytes.toString('base64') }
}

/** Writes files below a folder that must be empty or absent. Returns their paths. */
export function writeFolder(folder: string, files: Files): string[] {
  if (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0))
    throw new UsageError(`${folder} is there already and not empty. Choose another name.`)
  for (const [path, file] of Object.entries(files)) {
    const place = join(folder, path)
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, typeof file === 'string' ? file : Buffer.from(file.base64, 'base64'))
  }
  return Object.keys(files).sort()
}

/** The application that a folder or a name stands for: `name` in airworthy.yaml, else the folder's own name. */
export function applicationOf(target: string): { name: string; folder: string | null } {
  const folder = resolve(target)
  if (!isBlueprint(folder)) return { name: target, folder: null }
  const named = /^name:\s*["']?([a-z0-9-]+)/m.exec(readFileSync(join(folder, 'airworthy.yaml'), 'utf8'))?.[1]
  return { name: named ?? basename(folder), folder }
}

/** The same of a folder that must hold a blueprint. */
export function blueprintAt(target: string): { name: string; folder: string } {
  const { name, folder } = applicationOf(target)
  if (folder === null)
    throw new UsageError(
      target === '.'
        ? 'This folder has no airworthy.yaml. Go to one that has, or name it.'
        : `${target} is no blueprint: it has no airworthy.yaml. \`airworthy init support-assistant ${target}\` writes one.`,
    )
  return { name, folder }
}

/** The application that was named, else the one of the folder that the command runs in. */
export function applicationHere(named: string | undefined): string {
  if (named !== undefined) return named
  const { name, folder } = applicationOf('.')
  if (folder === null)
    throw new UsageError(
      'Which application? Add --application <name>, or run this in the folder of its airworthy.yaml.',
    )
  return name
}

/** The text of a file that was named on the command line. */
export function readText(file: string): string {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`)
  return readFileSync(file, 'utf8')
}

/** The commit of a folder in git whose blueprint has no uncommitted change; undefined otherwise. */
export function commitOf(folder: string): string | undefined {
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', folder, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  try {
    return git('status', '--porcelain', '--', '.') === '' ? git('rev-parse', 'HEAD') : undefined
  } catch {
    return undefined
  }
}
