/**
 * DVC's pointer files (`data.jsonl.dvc`): the MD5, size and name of a file that DVC keeps. Out: so that a dataset of ours
 * can be pulled by DVC; in: so that a file is known to be the one that a repository points at.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { readYaml } from '../../core/blueprint/yaml-file.ts'
import { Failure, type Problem } from '../../kernel/failure.ts'

const Pointer = z.looseObject({
  outs: z
    .array(
      z.looseObject({
        md5: z.string().regex(/^[0-9a-f]{32}$/, 'is no MD5'),
        size: z.number().int().optional(),
        path: z.string(),
      }),
    )
    .min(1),
})

export type DvcOut = { readonly md5: string; readonly size: number; readonly path: string }

/** The pointer to these bytes under this name, as `dvc add` writes it; they come in pieces. */
export async function dvcPointerOf({
  path,
  pieces,
}: {
  path: string
  pieces: AsyncIterable<Uint8Array>
}): Promise<string> {
  const md5 = createHash('md5')
  let size = 0
  for await (const piece of pieces) {
    md5.update(piece)
    size += piece.byteLength
  }
  return `outs:\n- md5: ${md5.digest('hex')}\n  size: ${size}\n  hash: md5\n  path: ${path}\n`
}

/** Throws `evals.dvc-mismatch` when the bytes are not what the pointer names, and `evals.dvc-unreadable` for no pointer. */
export function demandDvcMatch(pointer: string, { path, bytes }: { path: string; bytes: Uint8Array }): DvcOut {
  const problems: Problem[] = []
  const read = readYaml({ path: `${path}.dvc`, text: pointer, schema: Pointer, problems })
  const out = read?.outs.find((one) => one.path === path) ?? (read?.outs.length === 1 ? read.outs[0] : undefined)
  if (!out) throw new Failure('invalid', 'evals.dvc-unreadable', `${path}.dvc points at no file ${path}.`, { problems })
  const md5 = md5Of(bytes)
  if (md5 !== out.md5)
    throw new Failure(
      'invalid',
      'evals.dvc-mismatch',
      `The file has the MD5 ${md5}, but the pointer names ${out.md5}. Run dvc pull, or send the file that it points at.`,
    )
  return { md5, size: bytes.byteLength, path: out.path }
}

// MD5 because that is what DVC keys by; nothing here is protected by it.
const md5Of = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex')
