/** incidents: what went wrong, its deadlines, and the release that fixed it. */
import { Argument, type Command, Option } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationHere } from '../folder.ts'
import type { Output } from '../output.ts'
import { findRelease } from '../releases.ts'

type Served = Awaited<ReturnType<Client['getIncident']>>
type Id = Served['incident']['id']
type Opening = Parameters<Client['openIncident']>[0]['body']
type Given = {
  application?: string
  severity: Opening['severity']
  title: string
  description: string
  owner: string
  harm: string[]
  trace: string[]
  release?: string
  detected?: string
}

export function addIncidentCommands(program: Command): void {
  const incidents = program.command('incidents').description('what went wrong, until a release fixed it')
  incidents
    .command('list')
    .description('incidents, newest first')
    .option('--application <name>')
    .action(
      withServer(async ({ client, output }, { application }: { application?: string }) => {
        const { items } = await client.listIncidents({ query: application ? { application } : {} })
        output.result(items, () =>
          output.table(
            ['id', 'application', 'severity', 'state', 'next deadline', 'owner', 'title'],
            items.map((one) => [
              one.id,
              one.application,
              one.severity,
              one.state,
              one.overdue > 0 ? `${one.overdue} overdue` : (one.nextDueAt?.slice(0, 16).replace('T', ' ') ?? '-'),
              one.owner,
              one.title,
            ]),
            'No incident is on record.',
          ),
        )
        return items.some(({ overdue }) => overdue > 0) ? EXIT.failed : EXIT.ok
      }),
    )
  incidents
    .command('open')
    .description('write one down; its deadlines run from when somebody first knew')
    .addOption(new Option('--severity <severity>').choices(['critical', 'high', 'medium', 'low']).makeOptionMandatory())
    .requiredOption('--title <text>')
    .requiredOption('--description <text>', 'what happened')
    .requiredOption('--owner <name>', 'who sees to it')
    .option('--harm <kind...>', 'personal-data, security, wrong-answer, … as often as there are', [])
    .option('--trace <id...>', 'requests in which it is seen', [])
    .option('--release <release>', 'r3, an id, or part of a digest')
    .option('--detected <instant>', 'when somebody first knew; now when left out')
    .option('--application <name>', 'that of this folder when left out')
    .action(
      withServer(async ({ client, output }, given: Given) => {
        const application = applicationHere(given.application)
        const { severity, title, description, owner, harm, trace, detected } = given
        const release = given.release === undefined ? null : (await findRelease(client, application, given.release)).id
        const served = await client.openIncident({
          body: {
            ...{ application, severity, title, description, owner, traces: trace, release },
            // The server names what there is when a word is none of them.
            harms: harm as NonNullable<Opening['harms']>,
            ...(detected !== undefined && { detectedAt: detected }),
          },
        })
        output.result(served, () => show(served, output))
        return EXIT.ok
      }),
    )
  incidents
    .command('show')
    .description('one with its deadlines and its timeline')
    .argument('<incident>')
    .action(
      withServer(async ({ client, output }, id: Id) => {
        const served = await client.getIncident({ params: { id } })
        output.result(served, () => show(served, output))
        return EXIT.ok
      }),
    )
  incidents
    .command('note')
    .description('add to the timeline')
    .argument('<incident>')
    .argument('<text>')
    .option('--measure', 'it was done at once')
    .action(
      withServer(async ({ client, output }, id: Id, text: string, { measure }: { measure?: true }) => {
        const served = await client.noteIncident({ params: { id }, body: { text, kind: measure ? 'measure' : 'note' } })
        output.result(served, () => output.line('It is on the timeline.'))
        return EXIT.ok
      }),
    )
  incidents
    .command('report')
    .description('say that a report was made, or with --not-due why none is')
    .argument('<incident>')
    .argument('<deadline>', 'such as gdpr-33')
    .requiredOption('--note <text>', 'to whom and how, or why not')
    .option('--not-due')
    .option('--at <instant>', 'now when left out')
    .action(
      withServer(
        async (
          { client, output },
          id: Id,
          clock: string,
          { note, notDue, at }: { note: string; notDue?: true; at?: string },
        ) => {
          const body = { clock, note, kind: notDue ? ('not-due' as const) : ('made' as const), ...(at && { at }) }
          const served = await client.reportIncident({ params: { id }, body })
          output.result(served, () => show(served, output))
          return EXIT.ok
        },
      ),
    )
  incidents
    .command('fix')
    .description('name the regression case and the release that passes it; both are looked up')
    .argument('<incident>')
    .argument('<dataset>')
    .argument('<case>', 'such as trace-…')
    .option('--release <release>', 'the newest when left out')
    .action(
      withServer(
        async ({ client, output }, id: Id, dataset: string, example: string, { release }: { release?: string }) => {
          const { incident } = await client.getIncident({ params: { id } })
          const found = await findRelease(client, incident.application, release)
          const served = await client.fixIncident({ params: { id }, body: { dataset, example, release: found.id } })
          output.result(served, () => output.line(`${example} passes on ${found.id}.`))
          return EXIT.ok
        },
      ),
    )
  incidents
    .command('move')
    .description('contain it, close it, or open it again')
    .argument('<incident>')
    .addArgument(new Argument('<move>').choices(['contain', 'close', 'reopen']))
    .requiredOption('--note <text>', 'at least ten characters')
    .action(
      withServer(
        async ({ client, output }, id: Id, move: 'contain' | 'close' | 'reopen', { note }: { note: string }) => {
          const served = await client.moveIncident({ params: { id }, body: { move, note } })
          output.result(served, () => output.line(`${id} is ${served.incident.state}.`))
          return EXIT.ok
        },
      ),
    )
}

function show({ incident, clocks, clocksNote, clocksAsOf }: Served, output: Output): void {
  output.line(`${incident.id}  ${incident.severity}, ${incident.state}: ${incident.title}`)
  for (const { id, law, article, state, dueAt, applies, title } of clocks)
    output.line(
      `  ${id}: ${law}, ${article}${applies === 'maybe' ? ' (if it applies)' : ''}. ${title}. ${state}${dueAt && state !== 'reported' ? `, due ${dueAt.slice(0, 16).replace('T', ' ')}` : ''}`,
    )
  if (clocks.length > 0) output.line(`  ${clocksNote} As of ${clocksAsOf}.`)
  else if (incident.harms.length === 0) output.line('  Say whom it harmed; then its deadlines can be told.')
  for (const { at, kind, text } of incident.timeline)
    output.line(`  ${at.slice(0, 16).replace('T', ' ')} ${kind}: ${text}`)
}
