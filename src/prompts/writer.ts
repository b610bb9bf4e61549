/** Files that are made here and put into a blueprint, as whoever asks would put them there by hand. */
import type { BlueprintFiles } from '../core/blueprint/files.ts'
import { parseBlueprint } from '../core/blueprint/parse.ts'
import type { Example, Suite } from '../core/dataset.ts'
import type { Digest } from '../kernel/digest.ts'
import { Failure } from '../kernel/failure.ts'
import type { Caller } from '../wire/caller.ts'

/** What delivery does, as functions; both refuse a blueprint that does not parse, with every mistake. */
export type BlueprintWriter = {
  readonly read: (application: string) => Promise<{ readonly files: BlueprintFiles; readonly bytes: Digest }>
  readonly create: (ask: { name: string; files: BlueprintFiles; by: Caller }) => Promise<unknown>
  readonly put: (ask: { name: string; files: BlueprintFiles; ifMatch: string; by: Keeper }) => Promise<unknown>
}
/** For whom files are kept, and what they may. */
export type Keeper = Pick<Caller, 'actor' | 'permissions'>

/** Adds files to a blueprint. One that is there already is `prompts.file-taken`, unless it is one of `derived`. */
export async function addFiles(
  writer: BlueprintWriter,
  ask: { application: string; files: BlueprintFiles; by: Keeper; derived?: readonly string[] },
): Promise<void> {
  const { application, files, by, derived = [] } = ask
  const before = await writer.read(application)
  const taken = Object.keys(files).filter((path) => path in before.files && !derived.includes(path))
  if (taken.length > 0)
    throw new Failure(
      'conflict',
      'prompts.file-taken',
      `The blueprint of ${application} has ${taken.join(', ')} already. Choose another name, so that nothing is lost.`,
    )
  await writer.put({ name: application, files: { ...before.files, ...files }, ifMatch: before.bytes, by })
}

export type SuiteRead = {
  readonly suite: Suite
  readonly examples: readonly Example[]
  /** Rows of any dataset of the blueprint; none where it has no such dataset. */
  readonly rowsOf: (dataset: string) => readonly Example[]
}

/** A suite of a blueprint as it stands, with its examples. Throws for a blueprint with mistakes and for an unknown suite. */
export async function readSuite(
  writer: BlueprintWriter,
  { application, suite: name }: { application: string; suite: string },
): Promise<SuiteRead> {
  const { files } = await writer.read(application)
  const parsed = parseBlueprint({ files, name: application })
  if (parsed.kind === 'problems')
    throw new Failure('invalid', 'prompts.blueprint-invalid', 'The blueprint has mistakes; mend them first.', {
      problems: parsed.problems,
    })
  const { suites, datasets } = parsed.blueprint
  const suite = suites.find((one) => one.name === name)
  if (!suite)
    throw new Failure(
      'unknown',
      'prompts.suite-unknown',
      `The blueprint has no suite ${name}. It has ${suites.map((one) => one.name).join(', ') || 'none'}.`,
    )
  const rowsOf = (dataset: string) => datasets.find((one) => one.name === dataset)?.rows ?? []
  return { suite, examples: rowsOf(suite.dataset), rowsOf }
}
