/** drill faults: what users of a release see while its provider, its guardrails or its index fail. */
import type { Command } from 'commander'
import type { Client, FaultDrill } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { applicationHere, applicationOf } from '../folder.ts'
import type { Output } from '../output.ts'
import { findRelease } from '../releases.ts'
import { lasting, money } from '../wording.ts'

type Result = NonNullable<FaultDrill['result']>
type Ask = NonNullable<Parameters<Client['startFaultDrill']>[0]['body']>
type Given = {
  release?: string
  faults?: string[]
  dialects?: string[]
  question?: string
  clock: string
  maxCost?: string
  dryRun?: boolean
  last?: boolean
}

const LOOK_MS = 500

export function addFaultDrill(drill: Command): void {
  drill
    .command('faults')
    .description(
      'make provider, guardrails and index fail for requests of its own; exit 1 where an answer broke or was unguarded, 3 where something could not be tried',
    )
    .argument('[folder-or-application]', 'that of this folder when left out')
    .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')
    .option('--faults <name...>', 'only these, such as provider-503; all that can happen when left out')
    .option('--dialects <name...>', 'only these: chat, messages, responses')
    .option('--question <text>', 'what is asked; the first example of a suite when left out')
    .option('--clock <seconds>', 'an answer that takes longer hangs', '60')
    .option('--max-cost <usd>', 'refuse to begin when it would cost more, and spend no more')
    .option('--dry-run', 'only say what it would take')
    .option('--last', 'only show the last drill')
    .action(
      withServer(async ({ client, output }, target: string | undefined, given: Given) => {
        const application = applicationHere(target === undefined ? undefined : applicationOf(target).name)
        const { id: release } = await findRelease(client, application, given.release)
        const params = { id: release }
        if (given.last) return showLast(output, (await client.listFaultDrills({ params })).items[0])
        const { body } = await client.startFaultDrill({ params, body: bodyOf(given) })
        if (body.kind === 'started') return showLast(output, await ended({ client, output }, { release, id: body.id }))
        output.result(body, () => {
          const { calls, costMicroUsd, seconds } = body.quote
          output.line(`Faults: ${body.plan.faults.join(', ')}.`)
          for (const { fault, why } of body.plan.leftOut) output.line(`Left out: ${fault}. ${why}`)
          output.line(
            `${calls} calls, at most ${money(costMicroUsd)}, about ${lasting(seconds * 1000)}.${body.kind === 'over-budget' ? ' That is more than --max-cost.' : ''}`,
          )
        })
        return body.kind === 'quote' ? EXIT.ok : EXIT.failed
      }),
    )
}

/** Names are checked by the server, which lists those that there are. */
const bodyOf = ({ faults, dialects, question, clock, maxCost, dryRun = false }: Given): Ask => ({
  dryRun,
  clockSeconds: Number(clock),
  ...(faults && { faults: faults as NonNullable<Ask['faults']> }),
  ...(dialects && { dialects: dialects as NonNullable<Ask['dialects']> }),
  ...(question !== undefined && { question }),
  ...(maxCost !== undefined && { maxCostMicroUsd: String(Math.round(Number(maxCost) * 1_000_000)) }),
})

async function ended(
  { client, output }: { client: Client; output: Output },
  { release, id }: { release: string; id: string },
): Promise<FaultDrill> {
  for (;;) {
    const found = (await client.listFaultDrills({ params: { id: release } })).items.find((one) => one.id === id)
    if (found && ['succeeded', 'failed', 'cancelled'].includes(found.state)) {
      output.settle()
      return found
    }
    const { done, total, message } = found?.progress ?? { done: 0, total: null, message: 'waiting' }
    output.progress(`${done} of ${total ?? '?'} requests: ${message} \`airworthy call cancelJob id=${id}\` ends it.`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

function showLast(output: Output, run: FaultDrill | undefined): ExitCode {
  if (!run) {
    output.result(null, () => output.line('No faults were tried with this release yet.'))
    return EXIT.failed
  }
  if (!run.result) throw new Error(run.error ?? `The drill is ${run.state}.`)
  const { result } = run
  output.result(run, () => showCases(output, result))
  const { broken, unguarded, tried } = result
  if ((broken ?? 0) + (unguarded ?? 0) > 0) return EXIT.failed
  return broken === 0 && unguarded === 0 && tried.length === run.plan.faults.length ? EXIT.ok : EXIT.undecided
}

/** A line for each fault and what came of it, with the forms in which it did. */
function showCases(output: Output, { cases, words }: Result): void {
  const groups = Map.groupBy(cases, ({ fault, outcome, says }) => [fault, outcome, says].join('\n'))
  output.table(
    ['fault', 'asked as', 'outcome', 'what the user sees'],
    [...groups.values()].flatMap((group) => {
      const [first] = group
      if (!first) return []
      const forms = group.map(({ dialect, stream }) => `${dialect}${stream ? ' stream' : ''}`)
      return [
        [
          first.fault,
          group.length === cases.filter(({ fault }) => fault === first.fault).length ? 'all forms' : forms.join(', '),
          first.outcome,
          first.says,
        ],
      ]
    }),
  )
  for (const line of words) output.line(line)
}
