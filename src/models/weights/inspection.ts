/** One look at a folder or a file of weights, in the thread that it has to itself: every file hashed and recognised, and the signature. */
import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { z } from 'zod'
import { type Bytes, openBytes, Unreadable } from './bytes.ts'
import type { CheckKeyless } from './keyless.ts'
import { Recognised, recognise } from './recognise.ts'
import { checkSignature, isSignatureName, NO_SIGNATURE, type SignatureState, tooLarge } from './signature.ts'
import type { TrustedIdentity } from './trusted-identity.ts'

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 is 64 hexadecimal digits in lower case')

export const WeightsFile = Recognised.extend({
  /** Below the folder, with `/`. */
  path: z.string(),
  bytes: z.number().int(),
  sha256: Sha256,
  /** Milliseconds since 1970, as the disk says; another one later means that it was written again. */
  modifiedMs: z.number(),
})
export type WeightsFile = z.infer<typeof WeightsFile>

export type InspectionAsk = {
  /** The folder that weights may lie in; a link that leads out of it is not followed. */
  readonly folder: string
  /** Below it. */
  readonly path: string
  readonly trustedKey: string | undefined
  readonly trustedIdentity: TrustedIdentity | undefined
}
export type Inspection = { readonly files: WeightsFile[]; readonly signature: SignatureState }
export type InspectionWord =
  | { readonly kind: 'progress'; readonly bytes: number; readonly of: number; readonly path: string }
  | { readonly kind: 'done'; readonly inspection: Inspection }
  | { readonly kind: 'refused'; readonly reason: string }

const MOST_FILES = 10_000
const MOST_DEPTH = 20
const PIECE_BYTES = 4 * 1024 * 1024
const TELL_BYTES = 256 * 1024 * 1024
/** A bundle over 10,000 files takes 3 MB. */
const MOST_SIGNATURE_MEGABYTES = 16
/** What version control and downloaders keep beside the files. */
const BESIDE = new Set(['.git', '.cache', '.locks'])

/** Throws `Unreadable` when it cannot be looked at as a whole. `keyless` checks against the trusted identity, where there is one. */
export function inspect(
  ask: InspectionAsk,
  tell: (word: InspectionWord) => void,
  keyless: CheckKeyless | undefined,
): Inspection {
  const folder = realpathSync(ask.folder)
  const start = inside(folder, join(folder, ask.path))
  const isFile = statSync(start).isFile()
  const paths = isFile ? [{ path: basename(start), place: start }] : walk(folder, start, start, 0)
  if (paths.length === 0) throw new Unreadable('there is no file in it')
  const of = paths.reduce((sum, { place }) => sum + statSync(place).size, 0)
  let done = 0
  const files = paths.map(({ path, place }) => {
    tell({ kind: 'progress', bytes: done, of, path })
    const file = inspectFile(place, path, (bytes) => tell({ kind: 'progress', bytes: done + bytes, of, path }))
    done += file.bytes
    return file
  })
  return { files, signature: signatureOf(files, paths, ask.trustedKey, keyless) }
}

function inspectFile(place: string, path: string, tell: (bytes: number) => void): WeightsFile {
  const modifiedMs = statSync(place).mtimeMs
  const bytes = openBytes(place)
  try {
    return { path, bytes: bytes.size, modifiedMs, ...recognise(bytes, path), sha256: sha256Of(bytes, tell) }
  } finally {
    bytes.close()
  }
}

function sha256Of(bytes: Bytes, tell: (bytes: number) => void): string {
  const hash = createHash('sha256')
  for (let at = 0; at < bytes.size; at += PIECE_BYTES) {
    hash.update(bytes.read(at, Math.min(PIECE_BYTES, bytes.size - at)))
    if (at > 0 && at % TELL_BYTES === 0) tell(at)
  }
  return hash.digest('hex')
}

type Found = { readonly path: string; readonly place: string }

function walk(folder: string, start: string, at: string, depth: number): Found[] {
  if (depth > MOST_DEPTH) throw new Unreadable(`its folders lie more than ${MOST_DEPTH} deep in each other`)
  const found = readdirSync(at)
    .filter((name) => !BESIDE.has(name))
    .sort()
    .flatMap((name): Found[] => {
      const path = join(at, name)
      const place = lstatSync(path).isSymbolicLink() ? inside(folder, path) : path
      const kind = statSync(place)
      if (kind.isDirectory()) return walk(folder, start, path, depth + 1)
      if (!kind.isFile()) throw new Unreadable(`${name} in it is no file`)
      return [{ path: relative(start, path).split(sep).join('/'), place }]
    })
  if (found.length > MOST_FILES) throw new Unreadable(`it holds more than ${MOST_FILES} files`)
  return found
}

/** The place itself, with all links followed. */
function inside(folder: string, path: string): string {
  let place: string
  try {
    place = realpathSync(path)
  } catch {
    throw new Unreadable(`there is no ${basename(path)} there`)
  }
  if (place === folder || place.startsWith(folder + sep)) return place
  throw new Unreadable(`${basename(path)} leads out of the folder of weights`)
}

function signatureOf(
  files: readonly WeightsFile[],
  places: readonly Found[],
  trusted: string | undefined,
  keyless: CheckKeyless | undefined,
): SignatureState {
  const found = places.find(({ path }) => isSignatureName(path))
  if (!found) return NO_SIGNATURE
  if (statSync(found.place).size > MOST_SIGNATURE_MEGABYTES * 1024 * 1024)
    return tooLarge(found.path, MOST_SIGNATURE_MEGABYTES)
  return checkSignature({
    file: found.path,
    content: readFileSync(found.place, 'utf8'),
    files: new Map(files.map(({ path, sha256 }) => [path, sha256])),
    trusted,
    keyless,
  })
}
