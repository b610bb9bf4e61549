/** call: any operation of the API by its name, for what has no command of its own. */
import { readFileSync } from 'node:fs'
import { Argument, type Command } from 'commander'
import { type OperationName, operationNames, placeInputs } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'

export function addCallCommands(program: Command): void {
  program
    .command('call')
    .description('call any operation of the API by its name; prints its answer as JSON')
    .addArgument(new Argument('<operation>', 'for example listTraces').choices([...operationNames]))
    .argument('[fields...]', 'name=text, or name:=JSON; they go into the path, the query or the body')
    .option('--body <file>', 'a file with the body as JSON, - for the standard input')
    .option('--idempotency-key <key>', 'makes a write repeatable: the same key gives the first answer')
    .action(
      withServer(
        async (
          { client, output },
          operation: OperationName,
          fields: string[],
          options: { body?: string; idempotencyKey?: string },
        ) => {
          const given = Object.fromEntries(fields.map(fieldOf))
          const body = options.body === undefined ? undefined : readJson(options.body)
          // The names were checked against the list; what fits into an operation, the server says.
          const method = client[operation] as (input: object, more: object) => Promise<unknown>
          const more = options.idempotencyKey === undefined ? {} : { idempotencyKey: options.idempotencyKey }
          const answer = await method(placeInputs(operation, { given, body }), more)
          if (answer instanceof Response) {
            output.line((await answer.text()).trimEnd())
            return EXIT.ok
          }
          output.result(answer, () => output.line(JSON.stringify(answer, null, 2)))
          return EXIT.ok
        },
      ),
    )
}

function fieldOf(text: string): [string, unknown] {
  const [, name, isJson, value = ''] = /^([\w-]+)(:?)=(.*)$/s.exec(text) ?? []
  if (name === undefined) throw new UsageError(`"${text}" is no field. Write name=text or name:=JSON.`)
  return [name, isJson ? parsed(value, name) : value]
}

const readJson = (file: string): unknown => parsed(readFileSync(file === '-' ? 0 : file, 'utf8'), file)

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UsageError(`${where} is not JSON: ${(cause as Error).message}.`)
  }
}
