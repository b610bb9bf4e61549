/** The process of a command: `airworthy <words>`. */
import { EXIT } from './exit-code.ts'
import { runCommand } from './program.ts'

// Who reads has seen enough, as `head` does: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok)
  throw error
})

await runCommand(process.argv.slice(2))
