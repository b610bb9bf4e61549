/** What a workspace refuses of a blueprint, as pure functions. */
import { type BlueprintFiles, textOf } from '../../core/blueprint/files.ts'
import type { Settings } from '../../core/blueprint/schema.ts'
import type { ToolFile } from '../../core/tool.ts'
import type { Problem } from '../../kernel/failure.ts'

export type PersonalFinding = { readonly kind: string; readonly shown: string }
export type Kept = {
  readonly files: BlueprintFiles
  readonly settings: Settings
  readonly tools: readonly (Pick<ToolFile, 'call'> & { readonly name: string })[]
}

const MOST_PROBLEMS = 20
const NO_TEXT = /[\0\uFFFD]/

/** Each line of a file that holds what looks like personal data, and each file that cannot be looked through. */
export function personalProblems(
  { files }: Pick<Kept, 'files'>,
  personalDataIn: (text: string) => readonly PersonalFinding[],
): Problem[] {
  const problems: Problem[] = []
  for (const [path, file] of Object.entries(files)) {
    if (problems.length >= MOST_PROBLEMS) break
    const text = textOf(file)
    if (NO_TEXT.test(text)) problems.push(unreadable(path))
    else
      for (const [at, line] of text.split('\n').entries())
        for (const { kind, shown } of personalDataIn(line))
          problems.push({
            field: `${path}:${at + 1}`,
            message: `looks like personal data: ${kind} ${shown}`,
            remedy: 'Put something made up in its place.',
          })
  }
  return problems.slice(0, MOST_PROBLEMS)
}

const unreadable = (path: string): Problem => ({
  field: path,
  message: 'is no text, so nobody can tell whether it holds personal data',
  remedy: 'Put it here as text or Markdown.',
})

/** What of it would call something outside, other than the models of this installation. */
export function reachingProblems({ settings, tools }: Omit<Kept, 'files'>): Problem[] {
  return [
    ...tools
      .filter(({ call }) => call.kind === 'http')
      .map(({ name }) => ({
        field: `tools/${name}.yaml`,
        message: 'calls an address outside',
        remedy: 'Give it answers of its own: `call: {kind: stub}`.',
      })),
    ...(settings.target
      ? [{ field: 'target', message: 'asks a program outside', remedy: 'Take it out of airworthy.yaml.' }]
      : []),
    ...(settings.liveIndexes
      ? [{ field: 'liveIndexes', message: 'searches outside', remedy: 'Put the documents into knowledge/.' }]
      : []),
  ]
}
