/** people, sessions, second-factor: who may come in, who is in, and what they show when they approve. */
import { createInterface } from 'node:readline/promises'
import { type Command, Option } from 'commander'
import type { Role } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'

const ROLES: Role[] = ['owner', 'builder', 'approver', 'security', 'auditor', 'viewer']

export function addPeopleCommands(program: Command): void {
  const people = program.command('people').description('people and programs, with what they may do')
  people
    .command('list')
    .description('everybody, with role and sign-in name')
    .action(
      withServer(async ({ client, output }) => {
        const { items } = await client.listActors({ query: { limit: 1000 } })
        output.result(items, () =>
          output.table(
            ['id', 'name', 'kind', 'role', 'signs in as', 'state'],
            items.map((actor) => [
              actor.id,
              actor.name,
              actor.kind,
              actor.role,
              actor.signInName ?? '-',
              actor.disabledAt === null ? 'may act' : `may not act since ${actor.disabledAt}`,
            ]),
          ),
        )
        return EXIT.ok
      }),
    )
  people
    .command('add')
    .description('add a person; with a sign-in name, print the link by which they set their password')
    .argument('<name>')
    .addOption(new Option('--role <role>', 'what they may do').choices(ROLES).makeOptionMandatory())
    .option('--sign-in-name <name>', 'what they type to sign in, for example their e-mail address')
    .action(
      withServer(async ({ client, output }, name: string, options: { role: Role; signInName?: string }) => {
        const { role, signInName } = options
        const actor = await client.createActor({
          body: { name, role, ...(signInName !== undefined && { signInName }) },
        })
        const invitation =
          signInName === undefined ? undefined : await client.createInvitation({ body: { actor: actor.id } })
        output.result({ actor, invitation }, () => {
          output.line(`Added ${actor.name}, ${actor.role}: ${actor.id}.`)
          if (!invitation) return
          output.line(invitation.url)
          output.line(`Give this to ${actor.name} alone. It sets a password, once, until ${invitation.expiresAt}.`)
        })
        return EXIT.ok
      }),
    )
  people
    .command('invite')
    .description('print a link by which a person sets a new password, once, within three days')
    .argument('<actor>', 'their id, from `airworthy people list`')
    .action(
      withServer(async ({ client, output }, actor: string) => {
        const invitation = await client.createInvitation({ body: { actor } })
        output.result(invitation, () => output.line(invitation.url))
        return EXIT.ok
      }),
    )
  people
    .command('change')
    .description('change what somebody may do, or take the right to act away')
    .argument('<actor>', 'their id, from `airworthy people list`')
    .addOption(new Option('--role <role>', 'what they may do from now on').choices(ROLES))
    .option('--disable', 'end their sessions and refuse their keys')
    .option('--enable', 'let them act again')
    .action(
      withServer(
        async ({ client, output }, id: string, options: { role?: Role; disable?: boolean; enable?: boolean }) => {
          const mayAct = options.disable ? false : options.enable ? true : undefined
          const actor = await client.updateActor({
            params: { actor: id },
            body: { ...(options.role && { role: options.role }), ...(mayAct !== undefined && { mayAct }) },
          })
          output.result(actor, () =>
            output.line(
              `${actor.name} is ${actor.role}${actor.disabledAt === null ? '' : ' and may not act any more'}.`,
            ),
          )
          return EXIT.ok
        },
      ),
    )
  people
    .command('reset-second-factor')
    .description('take the authenticator app of a person away who has lost it')
    .argument('<actor>', 'their id, from `airworthy people list`')
    .action(
      withServer(async ({ client, output }, actor: string) => {
        await client.resetSecondFactor({ params: { actor } })
        output.result({ actor }, () => output.line('Their authenticator app is taken away; they may set up another.'))
        return EXIT.ok
      }),
    )
  addSessionCommands(program)
  addSecondFactorCommands(program)
}

function addSessionCommands(program: Command): void {
  const sessions = program.command('sessions').description('browsers that are signed in')
  sessions
    .command('list')
    .description('your own, or everybody’s')
    .option('--everybody', 'of all people; for owners')
    .action(
      withServer(async ({ client, output }, { everybody }: { everybody?: boolean }) => {
        const { items } = await client.listSessions({ query: { everybody: everybody ? 'true' : 'false' } })
        output.result(items, () =>
          output.table(
            ['id', 'person', 'by', 'browser', 'last seen', 'ends'],
            items.map((one) => [one.id, one.actor, one.method, one.device, one.lastSeenAt, one.idleUntil]),
            'Nobody is signed in with a browser.',
          ),
        )
        return EXIT.ok
      }),
    )
  sessions
    .command('end')
    .description('sign a browser out')
    .argument('<session>', 'its id, from `airworthy sessions list`')
    .action(
      withServer(async ({ client, output }, session: string) => {
        await client.endSession({ params: { session } })
        output.result({ session }, () => output.line('That browser is signed out.'))
        return EXIT.ok
      }),
    )
}

function addSecondFactorCommands(program: Command): void {
  const factor = program.command('second-factor').description('your authenticator app, for when you approve')
  factor
    .command('status')
    .description('whether you have one here, and whether it is demanded')
    .action(
      withServer(async ({ client, output }) => {
        const status = await client.getSecondFactor()
        output.result(status, () => {
          output.line(
            status.state === 'active'
              ? `In force since ${status.since}, with ${status.recoveryCodesLeft} recovery codes left.`
              : 'None is in force. Set one up with `airworthy second-factor setup`.',
          )
          output.line(status.demanded ? 'Approvals take a code here.' : 'Nobody asks for a code here.')
        })
        return EXIT.ok
      }),
    )
  factor
    .command('setup')
    .description('set one up: shows a secret, asks for the first code, and prints recovery codes')
    .option('--code <digits>', 'of the app that you have, where you replace one')
    .action(
      withServer(async ({ client, output }, options: { code?: string }) => {
        const { secret, uri } = await client.beginSecondFactor({
          body: options.code === undefined ? {} : { code: options.code },
        })
        process.stderr.write(
          `Type this into your authenticator app:\n  ${secret}\nor open this address in it:\n  ${uri}\n`,
        )
        const asked = createInterface({ input: process.stdin, output: process.stderr })
        const code = await asked.question('The six digits that it shows now: ')
        asked.close()
        const made = await client.confirmSecondFactor({ body: { code } })
        output.result(made, () => {
          output.line('Recovery codes, each for once, shown this once. Keep them where your phone is not:')
          for (const recovery of made.recoveryCodes) output.line(`  ${recovery}`)
        })
        return EXIT.ok
      }),
    )
}
