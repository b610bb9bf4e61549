/** open, datasets, doctor: the installation and what is in it. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { type Context, withServer } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { describe } from '../output.ts'

export function addInstallationCommands(program: Command): void {
  program
    .command('up')
    .description('start the server (in the repository also `npm start`)')
    .action(() => {})

  program
    .command('open')
    .description('print a link that signs your browser in, once, within ten minutes')
    .action(
      withServer(async ({ client, output }) => {
        const link = await client.createSignInLink({ body: {} })
        output.result(link, () => output.line(link.url))
        return EXIT.ok
      }),
    )

  program.command('doctor').description('look at the installation and say what to mend').action(withServer(doctor))
  program
    .command('posture')
    .description('how safely the installation is set up: what is weak, and what to do about it; 1 where something is')
    .action(withServer(posture))
}

const SIGNS = { sound: '✔', note: '·', weak: '✘', unknown: '?' } as const
const SUMS = {
  sound: 'Nothing is weak.',
  weak: 'Mend what has a ✘.',
  unknown: 'Something could not be found out.',
} as const

async function posture({ client, output }: Context): Promise<ExitCode> {
  const found = await client.getPosture()
  output.result(found, () => {
    for (const { title, verdict, found: what, remedy } of found.findings) {
      output.line(`${SIGNS[verdict]} ${title}: ${what}`)
      if (remedy !== null) output.line(`  ${remedy}`)
    }
    output.line(SUMS[found.verdict])
  })
  return found.verdict === 'sound' ? EXIT.ok : found.verdict === 'weak' ? EXIT.failed : EXIT.undecided
}

async function doctor({ client, output, options, data }: Context): Promise<ExitCode> {
  const checks: { what: string; isGood: boolean; detail: string }[] = []
  const look = async (what: string, work: () => Promise<string>) => {
    try {
      checks.push({ what, isGood: true, detail: await work() })
    } catch (thrown) {
      checks.push({ what, isGood: false, detail: describe(thrown).detail })
    }
  }
  await look('server answers', async () => `${options.baseUrl}, version ${(await client.getHealth()).version}`)
  // Without a server there is nothing else to ask.
  if (!checks[0]?.isGood) {
    output.result(checks, () => output.line(`✘ ${checks[0]?.what}: ${checks[0]?.detail}`))
    return EXIT.broken
  }
  await look('ready', async () => {
    const { body } = await client.getReadiness()
    if (!body.ready)
      throw new Error(
        body.checks
          .filter(({ ok }) => !ok)
          .map(({ name, detail }) => `${name}: ${detail}`)
          .join('; '),
      )
    return body.checks.map(({ name }) => name).join(', ')
  })
  await look('key accepted', async () => {
    const me = await client.getMe()
    return `${me.name}, ${me.role}`
  })
  await look('secrets are private', async () => privateFiles(data))
  await look('audit log', async () => {
    const verification = await client.verifyAudit()
    if (verification.kind !== 'intact') throw new Error(JSON.stringify(verification))
    return 'its chain is intact'
  })
  await look('requests are recorded', async () => {
    const status = await client.getTelemetryStatus()
    if (status.state !== 'ok') throw new Error(`${status.lastError ?? 'degraded'}; ${status.dropped} lost`)
    return `${status.ingested} taken in`
  })
  output.result(checks, () => {
    for (const { what, isGood, detail } of checks) output.line(`${isGood ? '✔' : '✘'} ${what}: ${detail}`)
  })
  return checks.every(({ isGood }) => isGood) ? EXIT.ok : EXIT.failed
}

function privateFiles(data: string): string {
  const open = ['owner-token', 'master.key'].filter((name) => {
    const stat = statSync(join(data, name), { throwIfNoEntry: false })
    return stat !== undefined && (stat.mode & 0o077) !== 0
  })
  if (open.length > 0)
    throw new Error(
      `others can read ${open.join(' and ')} in ${data}. Run: chmod 600 ${open.map((name) => join(data, name)).join(' ')}`,
    )
  return 'only you can read them'
}
