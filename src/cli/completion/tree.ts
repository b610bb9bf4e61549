/** The commands as a shell needs them: what may come after which words. Read from the commands themselves. */
import type { Command } from 'commander'

export type Branch = {
  /** `rollout start`; empty for the program. */
  readonly path: string
  readonly commands: readonly { readonly name: string; readonly about: string }[]
  readonly options: readonly { readonly flag: string; readonly about: string; readonly values: readonly string[] }[]
  /** Words that an argument may be, where they are known. */
  readonly values: readonly string[]
}

/** Every command with what may follow it, the program itself first. */
export function branchesOf(program: Command): Branch[] {
  const walk = (command: Command, path: string): Branch[] => [
    {
      path,
      commands: command.commands.map((inner) => ({ name: inner.name(), about: inner.description() })),
      options: [...command.options, ...(command === program ? [] : program.options)].map((option) => ({
        flag: option.long ?? option.short ?? '',
        about: option.description,
        values: option.argChoices ?? [],
      })),
      values: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    },
    ...command.commands.flatMap((inner) => walk(inner, `${path} ${inner.name()}`.trim())),
  ]
  return walk(program, '')
}

/** What may stand after the words of a branch. */
export const wordsAfter = ({ commands, options, values }: Branch): string[] => [
  ...commands.map(({ name }) => name),
  ...values,
  ...options.map(({ flag }) => flag),
]
