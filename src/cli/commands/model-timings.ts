/** models time: a model measured in each way of asking it, on questions of an application. */
import type { Command } from 'commander'
import type { Client } from '../../../sdk/index.ts'
import { withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import type { Output } from '../output.ts'

type Timing = Awaited<ReturnType<Client['listModelTimings']>>['items'][number]
type Modes = NonNullable<Timing['modes']>
type Given = { suite: string; questions: string; modes: string; atATime: string; dryRun?: boolean }

const LOOK_MS = 500

export function addTimeCommand(models: Command): void {
  models
    .command('time')
    .description('measure a model in each way of asking it: time, first token, throughput and cost')
    .argument('<application>', 'whose questions are asked')
    .argument('<model>', 'provider/model')
    .requiredOption('--suite <name>', 'its questions are asked as they stand, never those that are held out')
    .option('--questions <n>', 'at most so many', '20')
    .option('--modes <list>', 'chat, stream, concurrent, batch', 'chat,stream,concurrent')
    .option('--at-a-time <n>', 'requests under way at once in the mode concurrent', '16')
    .option('--dry-run', 'only say what it would take')
    .action(
      withServer(async ({ client, output }, name: string, model: string, given: Given) => {
        const { suite, dryRun = false } = given
        const params = { name }
        const { body } = await client.startModelTiming({
          params,
          body: {
            ...{ model, suite, dryRun, questions: Number(given.questions), atATime: Number(given.atATime) },
            modes: given.modes.split(',').map((mode) => mode.trim()) as Modes[number]['mode'][],
          },
        })
        if (body.kind === 'quote') {
          const cost = body.costMicroUsd === null ? 'price not known' : `${body.costMicroUsd} micro-USD`
          output.result(body, () => output.line(`${body.calls} calls about ${body.questions} questions; ${cost}.`))
          return EXIT.ok
        }
        for (;;) {
          const found = (await client.listModelTimings({ params })).items.find(({ id }) => id === body.id)
          if (found?.modes) {
            output.settle()
            const { modes } = found
            output.result(found, () => show(output, modes))
            return EXIT.ok
          }
          if (found && ['failed', 'cancelled'].includes(found.state))
            throw new Error(found.error ?? `It was ${found.state}.`)
          output.progress(`${found?.progress.done ?? 0} of ${found?.progress.total ?? '?'} questions`)
          await new Promise((done) => setTimeout(done, LOOK_MS))
        }
      }),
    )
}

function show(output: Output, modes: Modes): void {
  const ms = (times: Modes[number]['latencyMs']) =>
    times === null
      ? '-'
      : `${times.median.toFixed(0)} (${times.interval.low.toFixed(0)} to ${times.interval.high.toFixed(0)}), n ${times.n}`
  output.table(
    [
      'way',
      'asked',
      'errors',
      'median ms, 95 %',
      'first token ms',
      'all, s',
      'answers a minute',
      'tokens/s',
      'micro-$ each',
    ],
    modes.map((one) => [
      one.mode,
      String(one.asked),
      String(one.errors),
      ms(one.latencyMs),
      ms(one.firstTokenMs),
      (one.wallMs / 1000).toFixed(1),
      one.answersPerMinute?.toFixed(1) ?? '-',
      one.tokensPerSecond?.toFixed(1) ?? '-',
      one.costMicroUsd ?? 'not known',
    ]),
  )
  for (const { mode, problem } of modes) if (problem !== null) output.line(`${mode}: ${problem}`)
}
