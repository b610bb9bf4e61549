/** completion: a script for the shell, made from the commands as they are. */
import { Argument, type Command } from 'commander'
import { withoutServer } from '../command.ts'
import { bashScript } from '../completion/bash.ts'
import { fishScript } from '../completion/fish.ts'
import { branchesOf } from '../completion/tree.ts'
import { zshScript } from '../completion/zsh.ts'
import { EXIT } from '../exit-code.ts'

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const
type Shell = keyof typeof SCRIPTS

export function addCompletionCommands(program: Command): void {
  program
    .command('completion')
    .description('print a script that completes commands in your shell; its first line says where it goes')
    .addArgument(new Argument('<shell>').choices(Object.keys(SCRIPTS)))
    .action(
      withoutServer(async (output, shell: Shell) => {
        const script = SCRIPTS[shell](branchesOf(program))
        output.result({ shell, script }, () => output.line(script.trimEnd()))
        return EXIT.ok
      }),
    )
}
