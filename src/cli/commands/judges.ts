/** judges list, calibrate, corrected: how far each judge may be trusted, and what people would say of what it scored. */
import type { Command } from 'commander'
import type { CalibrationQuote } from '../../../sdk/index.ts'
import { plural } from '../../kernel/plural.ts'
import { withServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import { money } from '../wording.ts'

const LOOK_MS = 500
const MICRO = 1_000_000

type Calibrating = { application: string; queue: string; judge?: string; dryRun: boolean; maxCost?: string }

export function addJudgeCommands(program: Command): void {
  const judges = program.command('judges').description('models that grade, held against people')
  judges
    .command('list')
    .description('the judges of an application, each with its newest calibration')
    .requiredOption('--application <name>', 'whose judges')
    .action(
      withServer(async ({ client, output }, { application }: { application: string }) => {
        const { items } = await client.listJudges({ params: { name: application } })
        output.result(items, () =>
          output.table(
            ['judge', 'suites', 'standing', 'sensitivity', 'specificity', 'why'],
            items.map(({ name, suites, calibration }) => [
              name,
              suites.join(', '),
              calibration?.result.standing ?? 'never calibrated',
              shown(calibration?.result.sensitivity.value),
              shown(calibration?.result.specificity.value),
              calibration?.result.why.join(' ') || '-',
            ]),
            'No suite of the newest release uses a judge.',
          ),
        )
        return items.every(({ calibration }) => calibration !== null) ? EXIT.ok : EXIT.undecided
      }),
    )
  judges
    .command('calibrate')
    .description('ask the judges of the newest release about what people labelled in a queue, and wait')
    .requiredOption('--application <name>', 'whose judges')
    .requiredOption('--queue <id>', 'the queue that people labelled, que_…')
    .option('--judge <digest>', 'this one alone')
    .option('--dry-run', 'say what it would take, and ask nothing', false)
    .option('--max-cost <usd>', 'ask no judge whose quote is higher')
    .action(
      withServer(async ({ client, output }, { application, queue, judge: only, dryRun, maxCost }: Calibrating) => {
        const most = maxCost === undefined ? {} : { maxCostMicroUsd: String(Number(maxCost) * MICRO) }
        const { items: releases } = await client.listReleases({ params: { name: application }, query: { limit: 1 } })
        const [release] = releases
        if (!release) throw new UsageError(`${application} has no release. Freeze it first.`)
        const { items } = await client.listJudges({ params: { name: application } })
        const wanted = items.filter(({ digest }) => only === undefined || digest === only)
        if (wanted.length === 0) throw new UsageError(`No suite of ${application} uses ${only ?? 'a judge'}.`)
        const quotes: (CalibrationQuote & { judge: string })[] = []
        for (const { digest, name } of wanted) {
          const { body } = await client.runCalibration({
            params: { id: release.id },
            body: { judge: digest, queue, dryRun, ...most },
          })
          output.line(`${name}: ${quoted(body.quote)}. ${body.quote.basis}`)
          quotes.push({ judge: digest, ...body.quote })
          if (body.kind === 'over-budget') {
            output.result(body, () => output.line('Over the budget: it was not asked.'))
            return EXIT.failed
          }
          if (body.kind === 'quote') continue
          const { job } = body
          for (;;) {
            const { state, error } = await client.getJob({ params: { id: job } })
            if (state === 'failed' || state === 'cancelled') throw new Error(error ?? `The calibration was ${state}.`)
            if (state === 'succeeded') break
            await new Promise((done) => setTimeout(done, LOOK_MS))
          }
        }
        if (dryRun) {
          output.result(quotes, () => {})
          return EXIT.ok
        }
        const now = (await client.listJudges({ params: { name: application } })).items.filter(({ digest }) =>
          wanted.some((one) => one.digest === digest),
        )
        output.result(now, () => {
          for (const { name, calibration } of now)
            output.line(
              `${name}: ${calibration?.result.standing ?? 'never calibrated'}. ${calibration?.result.why.join(' ') ?? ''}`.trim(),
            )
        })
        const standings = now.map(({ calibration }) => calibration?.result.standing)
        if (standings.includes('refused')) return EXIT.failed
        return standings.every((standing) => standing === 'strong' || standing === 'weak') ? EXIT.ok : EXIT.undecided
      }),
    )
  judges
    .command('corrected')
    .description('what people would say of what judges scored in an experiment, by their calibrations')
    .argument('<experiment>', 'exp_…')
    .action(
      withServer(async ({ client, output }, id: string) => {
        const { items } = await client.listCorrectedScores({ params: { id } })
        output.result(items, () =>
          output.table(
            ['judge', 'arm', 'n', 'by the judge', 'by people', 'less the control', 'why'],
            items.map(({ evaluator, arm, n, raw, corrected, interval, difference, why }) => [
              ...[evaluator, arm, String(n), shown(raw)],
              ...[ranged(corrected, interval), ranged(difference?.value ?? null, difference?.interval ?? null), why],
            ]),
            'No judge scored anything in this experiment.',
          ),
        )
        return items.every(({ corrected }) => corrected !== null) ? EXIT.ok : EXIT.undecided
      }),
    )
}

const ranged = (value: number | null, interval: { low: number; high: number } | null): string =>
  value === null || interval === null
    ? '-'
    : `${value.toFixed(3)} [${interval.low.toFixed(3)}, ${interval.high.toFixed(3)}]`

const shown = (value: number | null | undefined): string =>
  value === null || value === undefined ? '-' : value.toFixed(3)

const quoted = ({ answers, calls, costMicroUsd, minutes }: CalibrationQuote): string =>
  `${plural(answers, 'answer')}, ${plural(calls, 'call')}, ${money(costMicroUsd)}, ${minutes < 1 ? 'under a minute' : `${Math.round(minutes)} minutes`}`
