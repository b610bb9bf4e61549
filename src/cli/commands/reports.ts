/** readiness, debt, flow, profile: what is reported about a release or an application. Nothing is measured here. */
import type { Command } from 'commander'
import type { Client, ProfilePreview, Readiness } from '../../../sdk/index.ts'
import { plural } from '../../kernel/plural.ts'
import { withServer } from '../command.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import { applicationHere } from '../folder.ts'
import type { Output } from '../output.ts'
import { findRelease } from '../releases.ts'
import { lasting, MARKS, percent, releaseName } from '../wording.ts'

type Where = { application?: string; release?: string }
type Flow = Awaited<ReturnType<Client['getFlow']>>
type Profile = NonNullable<Parameters<Client['previewProfile']>[0]['body']>['profile']

/** Axes that hold several words; the others hold one. */
const LISTS = ['users', 'geography', 'regimes', 'securityStandards', 'residency']
const STATUS_CODES: Readonly<Record<Readiness['status'], ExitCode>> = {
  green: EXIT.ok,
  amber: EXIT.undecided,
  unvisited: EXIT.undecided,
  red: EXIT.failed,
}

export function addReportCommands(program: Command): void {
  const ofApplication = (command: Command) =>
    command.option('--application <name>', 'that of this folder when left out')
  ofApplication(
    program
      .command('readiness')
      .description('how ready a release is, over seven areas and seven pillars; as ready as the weakest')
      .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out'),
  ).action(
    withServer(async ({ client, output }, options: Where) => {
      const application = applicationHere(options.application)
      const release = await findRelease(client, application, options.release)
      const readiness = await client.getReleaseReadiness({ params: { id: release.id } })
      output.result(readiness, () => {
        output.line(`${application} ${releaseName(release)} is ${readiness.status}: ${readiness.weakest.join(', ')}.`)
        showReadiness(output, readiness)
      })
      return STATUS_CODES[readiness.status]
    }),
  )
  ofApplication(
    program.command('debt').description('what will hold you soon: ends of models and waivers, stale evidence, doubts'),
  ).action(
    withServer(async ({ client, output }, options: Where) => {
      const { items } = await client.getDebt({ params: { name: applicationHere(options.application) } })
      output.result(items, () => {
        if (items.length === 0) output.line('No debt: nothing unused, ending, stale or in doubt.')
        for (const { kind, what, why, remedy } of items)
          output.line(`${kind.padEnd(15)} ${what}\n  ${why}\n  ${remedy}`)
      })
      return EXIT.ok
    }),
  )
  ofApplication(
    program
      .command('flow')
      .description('how long releases wait, for people and for machines, and how often they come back'),
  ).action(
    withServer(async ({ client, output }, options: Where) => {
      const flow = await client.getFlow({ params: { name: applicationHere(options.application) } })
      output.result(flow, () => showFlow(output, flow))
      return EXIT.ok
    }),
  )
  const profile = program
    .command('profile')
    .description('what an application says of itself, which decides what it is asked')
  ofApplication(
    profile
      .command('preview')
      .description('which checks another profile would add or remove, and by which rule; nothing is changed')
      .argument('<change...>', 'for example audience=public users=EU,CH; everything else stays as it is'),
  ).action(
    withServer(async ({ client, output }, changes: string[], options: Where) => {
      const name = applicationHere(options.application)
      const { documents } = await client.getApplication({ params: { name }, query: { documents: 'true' } })
      const before = (documents.profile?.value ?? {}) as Profile
      const preview = await client.previewProfile({
        params: { name },
        body: { profile: { ...before, ...changed(changes) } },
      })
      output.result(preview, () => showPreview(output, preview))
      return EXIT.ok
    }),
  )
}

const changed = (changes: readonly string[]): Profile =>
  Object.fromEntries(
    changes.map((change) => {
      const at = change.indexOf('=')
      if (at < 1) throw new UsageError(`${change}: write axis=value, for example audience=public.`)
      const [axis, value] = [change.slice(0, at), change.slice(at + 1)]
      return [axis, LISTS.includes(axis) ? value.split(',').filter((word) => word !== '') : value]
    }),
  )

function showReadiness(output: Output, { areas, pillars }: Readiness): void {
  output.table(
    ['pillar', 'status', 'checks'],
    pillars.map(({ pillar, status, counts }) => [pillar, status, countsInWords(counts)]),
  )
  for (const { area, status, checks } of areas) {
    output.line()
    output.line(`${area}: ${status}`)
    for (const { verdict, check, why } of checks) output.line(`  ${MARKS[verdict]} ${check.padEnd(20)} ${why}`)
  }
}

const countsInWords = (counts: Readonly<Record<string, number | undefined>>): string =>
  Object.entries(counts)
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(', ') || '-'

function showFlow(output: Output, flow: Flow): void {
  output.table(
    ['release', 'into', 'in all', 'for people', 'for machines', 'ready'],
    flow.leadTimes.map(({ number, into, totalMs, personMs, machineMs, readyMs }) => [
      `r${number}`,
      into,
      lasting(totalMs),
      lasting(personMs),
      lasting(machineMs),
      lasting(readyMs),
    ]),
    'Nothing was promoted yet.',
  )
  const { friction, waivers, rollbackRate, restoreMs } = flow
  output.line(`Promoted in 30 days: ${flow.promotionsIn30Days}.`)
  output.line(
    rollbackRate === null
      ? 'No rollout has ended yet.'
      : `Went back: ${percent(rollbackRate)}${restoreMs === null ? '' : `, after ${lasting(restoreMs)} on average`}.`,
  )
  output.line(
    `Asked of people for the newest: ${plural(friction.asks, 'statement')}, of which ${plural(friction.decisions, 'decision')}.`,
  )
  output.line(`Waivers: ${waivers.inForce} in force, ${waivers.open} to decide, ${waivers.granted} granted so far.`)
}

function showPreview(output: Output, { tier, added, removed }: ProfilePreview): void {
  output.line(
    tier.before === tier.after ? `It stays in tier ${tier.after}.` : `Tier ${tier.before} becomes ${tier.after}.`,
  )
  for (const [sign, rows] of [
    ['+', added],
    ['-', removed],
  ] as const)
    for (const { check, into, rule } of rows)
      output.line(
        `  ${sign} ${check.padEnd(20)} ${into ? `into ${into}` : 'in production'}. ${rule?.words ?? 'Everybody is asked it.'}`,
      )
  if (added.length + removed.length === 0) output.line('  No check comes or goes.')
}
