/**
 * Blueprints as they stand, parsed: a page asks for the same one several times, and parsing takes most of its time.
 *
 * Invariant: one is kept only under the digest of the bytes that were parsed, and the newest of an application alone.
 */
import type { Blueprint } from '../core/blueprint/blueprint.ts'
import type { BlueprintFiles } from '../core/blueprint/files.ts'
import { parseBlueprint } from '../core/blueprint/parse.ts'
import type { GovernanceDeps } from '../governance/index.ts'
import type { Digest } from '../kernel/digest.ts'
import { Failure } from '../kernel/failure.ts'
import { createKept } from '../kernel/kept.ts'

/** Applications that are worked on at a time. */
const MOST_KEPT = 32
/** Characters of all files; larger ones are parsed each time, so that memory has a bound. */
const LARGEST_KEPT = 256 * 1024

type Read = (name: string) => Promise<{ files: BlueprintFiles; bytes: Digest }>

export function keptBlueprints(read: Read): GovernanceDeps['blueprintOf'] {
  const kept = createKept<string, { bytes: Digest; blueprint: Blueprint }>(MOST_KEPT)
  return async (name) => {
    const { files, bytes } = await read(name)
    if (sizeOf(files) > LARGEST_KEPT) return { files, bytes, blueprint: demandParsed(name, files) }
    const make = () => ({ bytes, blueprint: demandParsed(name, files) })
    const found = kept.get(name, make)
    if (found.bytes === bytes) return { files, ...found }
    kept.forget(name)
    return { files, ...kept.get(name, make) }
  }
}

/** What is kept always parses; only another version of the program may see it otherwise. */
function demandParsed(name: string, files: BlueprintFiles): Blueprint {
  const parsed = parseBlueprint({ files, name })
  if (parsed.kind === 'parsed') return parsed.blueprint
  const why = parsed.problems[0]?.message
  throw new Failure('conflict', 'governance.blueprint-unreadable', `The blueprint of ${name} cannot be read: ${why}.`)
}

const sizeOf = (files: BlueprintFiles): number =>
  Object.values(files).reduce((sum, file) => sum + (typeof file === 'string' ? file.length : file.base64.length), 0)
