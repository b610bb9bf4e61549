/** Keeping a session of the playground as an application, in one action. */
import type { Release, ReleaseId } from '../../core/release.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Caller } from '../../wire/caller.ts'
import type { BlueprintWriter } from '../writer.ts'
import type { KeptCase, KeptFrom } from './contract.ts'
import { filesOfCases, filesOfModel, filesOfRelease } from './files.ts'

export type KeptAsk = { readonly name: string; readonly from: KeptFrom; readonly cases: readonly KeptCase[] }

export function createKept({
  writer,
  releaseOf,
}: {
  writer: BlueprintWriter
  releaseOf: (id: ReleaseId) => Promise<Release>
}) {
  return {
    releaseOf,
    async keep({ name, from, cases }: KeptAsk, by: Caller) {
      const open = cases.findIndex(({ turns }) => turns.at(-1)?.role !== 'user')
      if (open >= 0)
        throw new Failure(
          'invalid',
          'prompts.case-without-question',
          `Case ${open + 1} does not end with a turn of the user. Leave the answer out of its turns, and give it as expected when it is right.`,
        )
      const { files, notes } =
        from.kind === 'model' ? { files: filesOfModel(from), notes: [] } : await ofRelease(from.release)
      const all = { ...files, ...filesOfCases(cases) }
      await writer.create({ name, files: all, by })
      return { files: Object.keys(all).sort(), cases: cases.length, notes }
    },
  }

  async function ofRelease(id: ReleaseId) {
    const { manifest, application } = await releaseOf(id)
    return filesOfRelease(manifest, manifest.index ? (await writer.read(application)).files : {})
  }
}
export type Kept = ReturnType<typeof createKept>
