/** keys: of people and programs; made, narrowed, given a new text, ended. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Permission, Role, Stage } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import type { Output } from '../output.ts'

const ROLES: Role[] = ['owner', 'builder', 'approver', 'security', 'auditor', 'viewer']
const STAGES: Stage[] = ['sandbox', 'poc', 'pilot', 'production']
const HOURS: Readonly<Record<string, number>> = { m: 1 / 60, h: 1, d: 24 }

type Made = { readonly id: string; readonly secret: string }
type NewKey = {
  role: Role
  stage: Stage
  application?: string
  permissions?: Permission[]
  expires?: number
}

export function addKeyCommands(program: Command): void {
  const keys = program.command('keys').description('keys of people and programs')
  keys
    .command('create')
    .description('make a key; its text is shown once')
    .argument('<name>')
    .addOption(new Option('--role <role>', 'what it may do').choices(ROLES).default('builder'))
    .option('--application <name>', 'bind the key to one application')
    .addOption(
      new Option(
        '--stage <stage>',
        'what its direct use of models counts as; beyond the sandbox only approved ones answer',
      )
        .choices(STAGES)
        .default('sandbox'),
    )
    .option('--permissions <list>', 'only this part of its role, for example infer for the gateway alone', listed)
    .option('--expires <time>', 'for how long it works: 90d, 12h, 30m', duration)
    .action(
      withServer(
        async ({ client, output }, name: string, { role, stage, application, permissions, expires }: NewKey) => {
          const made = await client.createKey({
            body: {
              name,
              role,
              stage,
              ...(application !== undefined && { application }),
              ...(permissions && { permissions }),
              ...(expires !== undefined && { expiresInHours: expires }),
            },
          })
          output.result(made, () => showOnce(output, made))
          return EXIT.ok
        },
      ),
    )
  keys
    .command('list')
    .description('all keys, without their text')
    .action(
      withServer(async ({ client, output }) => {
        const { items } = await client.listKeys({ query: { limit: 1000 } })
        output.result(items, () =>
          output.table(
            ['id', 'name', 'role', 'application', 'last used', 'state'],
            items.map((key) => [
              key.id,
              key.name,
              key.permissions ? `${key.role} (${key.permissions.join(', ')})` : key.role,
              key.application ?? '-',
              key.lastUsedAt ?? 'never',
              stateOf(key),
            ]),
          ),
        )
        return EXIT.ok
      }),
    )
  keys
    .command('rotate')
    .description('give a key a new text that works at once; the old one works for a while')
    .argument('<key>', 'its id, from `airworthy keys list`')
    .option('--overlap <time>', 'for how long the old text works too: 24h, 7d, 0m ends it at once', duration, 24)
    .action(
      withServer(async ({ client, output }, key: string, { overlap }: { overlap: number }) => {
        const made = await client.rotateKey({ params: { key }, body: { overlapHours: overlap } })
        output.result(made, () => {
          showOnce(output, made)
          const until = made.key.previousUntil
          output.line(until === null ? 'The old text has ended.' : `The old text works until ${until}.`)
        })
        return EXIT.ok
      }),
    )
  keys
    .command('revoke')
    .description('end a key; its next request is refused')
    .argument('<key>', 'its id, from `airworthy keys list`')
    .action(
      withServer(async ({ client, output }, key: string) => {
        const revoked = await client.revokeKey({ params: { key } })
        output.result(revoked, () => output.line(`${revoked.name} is revoked; its next request is refused.`))
        return EXIT.ok
      }),
    )
}

function showOnce(output: Output, { id, secret }: Made): void {
  output.line(secret)
  output.line(`This is the only time that it is shown. Its id is ${id}.`)
}

type Dated = {
  readonly revokedAt: string | null
  readonly expiresAt: string | null
  readonly previousUntil: string | null
  readonly previousUsedAt: string | null
}

function stateOf({ revokedAt, expiresAt, previousUntil, previousUsedAt }: Dated): string {
  if (revokedAt !== null) return `revoked ${revokedAt}`
  const parts = expiresAt === null ? [] : [`until ${expiresAt}`]
  if (previousUntil !== null)
    parts.push(`old text until ${previousUntil}, ${previousUsedAt === null ? 'unused' : `used ${previousUsedAt}`}`)
  return parts.join('; ') || 'in force'
}

/** In hours. */
function duration(text: string): number {
  const [, count, unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? []
  const hours = HOURS[unit]
  if (count === undefined || hours === undefined)
    throw new InvalidArgumentError('Use a number with m, h or d for minutes, hours or days, for example 90d.')
  return Number(count) * hours
}

/** Which permissions there are, the server knows and says. */
const listed = (text: string): Permission[] => text.split(',').map((part) => part.trim()) as Permission[]
