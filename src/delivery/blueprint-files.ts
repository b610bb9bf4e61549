/** A blueprint's files in the blob store, and the parse that stands at the door: what is kept always parses. */
import type { ApplicationId } from '../core/application.ts'
import type { Blueprint } from '../core/blueprint/blueprint.ts'
import { type BlueprintFile, type BlueprintFiles, bytesOf } from '../core/blueprint/files.ts'
import { parseBlueprint } from '../core/blueprint/parse.ts'
import { withLines } from '../core/blueprint/yaml-file.ts'
import { type Digest, digestOf, digestOfBytes } from '../kernel/digest.ts'
import { Failure, type Problem } from '../kernel/failure.ts'
import { plural } from '../kernel/plural.ts'
import type { Instant } from '../kernel/time.ts'
import type { Blobs } from '../store/blobs.ts'
import type { Database } from '../store/database.ts'
import type { DeliveryDeps } from './deps.ts'
import { overlayProblems } from './release-gate.ts'
import type { BlueprintFileRow } from './rows.ts'
import { listFiles } from './store.ts'

export type Checked = { kind: 'parsed'; blueprint: Blueprint } | { kind: 'problems'; problems: Problem[] }

/** Parses, and holds the overlay of the gates against the catalogue. */
export function checkFiles(
  { files, name }: { files: BlueprintFiles; name: string },
  { catalogue, documentSchemas }: Pick<DeliveryDeps, 'catalogue' | 'documentSchemas'>,
): Checked {
  const parsed = parseBlueprint({ files, name, documentSchemas })
  if (parsed.kind === 'problems') return parsed
  const { settings } = parsed.blueprint
  const problems = overlayProblems(catalogue, settings.gates)
  if (settings.name !== name)
    problems.push({
      file: 'airworthy.yaml',
      field: 'name',
      message: `it says ${settings.name}, and the application is ${name}`,
      remedy: `Write name: ${name}, or leave the line out.`,
    })
  return problems.length > 0 ? { kind: 'problems', problems: withLines(files, problems) } : parsed
}

export function demandBlueprint(checked: Checked): Blueprint {
  if (checked.kind === 'parsed') return checked.blueprint
  const [first] = checked.problems
  const rest = checked.problems.length - 1
  throw new Failure(
    'invalid',
    'delivery.blueprint-invalid',
    `${[first?.file, first?.line].filter((part) => part !== undefined).join(':')}: ${first?.message}.${rest > 0 ? ` And ${plural(rest, 'more mistake')}.` : ''} ${first?.remedy ?? ''}`.trim(),
    { problems: checked.problems },
  )
}

/** Keeps the bytes of every file; the rows are written by the caller in its transaction. */
export async function keepFiles(given: {
  blobs: Blobs
  organisation: string
  application: ApplicationId
  files: BlueprintFiles
}): Promise<BlueprintFileRow[]> {
  const { blobs, organisation, application, files } = given
  const rows: BlueprintFileRow[] = []
  for (const [path, file] of Object.entries(files))
    rows.push({ organisation, application, path, digest: await blobs.put(bytesOf(file)) })
  return rows
}

/** The files with the digest of these very bytes, whoever changes them meanwhile. */
export async function readBlueprint({
  db,
  blobs,
  application,
}: {
  db: Database
  blobs: Blobs
  application: ApplicationId
}): Promise<{ files: BlueprintFiles; bytes: Digest }> {
  const rows = await listFiles(db, application)
  const files: BlueprintFiles = {}
  for (const { path, digest } of rows) files[path] = fileOf(await blobs.get(digest))
  return { files, bytes: bytesDigest(rows) }
}

/** Over paths and bytes, so that a change of a comment shows. */
export const bytesDigest = (rows: readonly Pick<BlueprintFileRow, 'path' | 'digest'>[]): Digest =>
  digestOf(Object.fromEntries(rows.map(({ path, digest }) => [path, digest])))

/** Paths whose bytes are others than those that are there, added and removed ones among them. */
export function differingPaths(
  rows: readonly Pick<BlueprintFileRow, 'path' | 'digest'>[],
  files: BlueprintFiles,
): string[] {
  const there = new Map(rows.map(({ path, digest }) => [path, digest]))
  return [...new Set([...there.keys(), ...Object.keys(files)])].sort().filter((path) => {
    const file = files[path]
    return file === undefined || digestOfBytes(bytesOf(file)) !== there.get(path)
  })
}

/** Somebody else was quicker: says when, and in which files what is there differs from what was sent. */
export function outdated(
  { name, updatedAt }: { name: string; updatedAt: Instant },
  { rows, files, bytes }: { rows: readonly BlueprintFileRow[]; files: BlueprintFiles; bytes: Digest },
): Failure {
  const differing = differingPaths(rows, files)
  return new Failure(
    'outdated',
    'delivery.blueprint-outdated',
    `The blueprint of ${name} was changed by somebody else at ${updatedAt}, after you read it. What is there differs from what you sent in ${differing.join(', ') || 'nothing'}. Read it again and repeat your change.`,
    { facts: { bytes, differing } },
  )
}

/** Text where the bytes are text, so that people and git see it; base64 for the rest. */
export function fileOf(bytes: Buffer): BlueprintFile {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return text.includes('\0') ? { base64: bytes.toString('base64') } : text
  } catch {
    return { base64: bytes.toString('base64') }
  }
}
