/** gate, promote, attest, waiver, import: what stands between a release and its next stage. */
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { Duty, GateDecision, GatedStage } from '../../../sdk/index.ts'
import { type Context, withServer } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { findRelease } from '../releases.ts'
import { MARKS, money, releaseName } from '../wording.ts'

type Where = { application: string; release?: string }

const POLL_MS = 400

export function addGateCommands(program: Command): void {
  const where = (command: Command) =>
    command
      .requiredOption('--application <name>', 'the application')
      .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')

  where(
    program
      .command('gate')
      .description('judge a release at the gate into a stage, with what would make each check pass')
      .argument('<stage>', 'poc, pilot or production'),
  )
    .option('--run', 'first run whatever the machine can answer')
    .option('--plan', 'say what that would run, and what it costs, without running it')
    .action(
      withServer(async (context, stage: GatedStage, options: Where & { run?: boolean; plan?: boolean }) => {
        const { client, output } = context
        const release = await findRelease(client, options.application, options.release)
        if (options.run || options.plan) {
          const answer = await client.runGate({
            params: { id: release.id, stage },
            body: options.plan ? { dryRun: true } : {},
          })
          const { plan } = answer.body
          for (const producer of plan.producers)
            output.line(
              `${options.plan ? 'Would run' : 'Running'} ${producer.name}: ${producer.checks.join(', ')} (${producer.calls} calls, ${money(producer.costMicroUsd)}, ${producer.minutes} min)`,
            )
          for (const { check, howto } of plan.byPeople) output.line(`By people: ${check}. ${howto}`)
          if (options.plan) {
            if (output.isJson) output.result(plan, () => {})
            return EXIT.ok
          }
          if (answer.status === 202) await follow(context, answer.body.job)
        }
        const decision = await client.getGate({ params: { id: release.id, stage } })
        output.result(decision, () => showDecision(context, decision, `${options.application} ${releaseName(release)}`))
        return exitCodeOf(decision)
      }),
    )

  where(
    program
      .command('promote')
      .description('promote a release into its next stage; refused with the findings while the gate is held')
      .argument('<stage>', 'poc, pilot or production'),
  )
    .option('--no-rollout', 'only give the right to be live there; start no rollout')
    .action(
      withServer(async (context, stage: GatedStage, options: Where & { rollout: boolean }) => {
        const { client, output } = context
        const release = await findRelease(client, options.application, options.release)
        const answer = await client.promoteRelease({
          params: { id: release.id },
          body: { into: stage, ...(!options.rollout && { rollout: 'none' as const }) },
        })
        output.result(answer.body, () => {
          if (answer.status === 409)
            return showDecision(context, answer.body, `${options.application} ${releaseName(release)}`)
          output.line(
            `Promoted: ${options.application} ${releaseName(release)} into ${stage}${answer.body.live ? ', live there now' : ''}.`,
          )
          if (answer.body.rollout)
            output.line(
              `Rollout ${answer.body.rollout.id} has begun. Next: airworthy rollout watch ${answer.body.rollout.id}`,
            )
        })
        return answer.status === 201 ? EXIT.ok : exitCodeOf(answer.body)
      }),
    )

  where(
    program
      .command('attest')
      .description('answer a check as a person, under a duty and with a reason')
      .argument('<check>', 'for example biz.charter'),
  )
    .requiredOption('--duty <duty>', 'for example business-owner')
    .requiredOption('--reason <text>', 'at least ten characters')
    .action(
      withServer(async ({ client, output }, check: string, options: Where & { duty: Duty; reason: string }) => {
        const release = await findRelease(client, options.application, options.release)
        const evidence = await client.attestEvidence({
          body: { release: release.id, check, duty: options.duty, reason: options.reason },
        })
        output.result(evidence, () => output.line(`Recorded ${evidence.id}: ${evidence.summary}`))
        return EXIT.ok
      }),
    )

  where(
    program
      .command('import')
      .description("take in a tool's own report as evidence")
      .argument('<tool>', 'training-records')
      .argument('<file>'),
  ).action(
    withServer(async ({ client, output }, tool: string, file: string, options: Where) => {
      const release = await findRelease(client, options.application, options.release)
      const { items } = await client.importEvidence({
        body: { tool, release: release.id, content: readFileSync(file, 'utf8') },
      })
      output.result(items, () => {
        for (const evidence of items) output.line(`Recorded ${evidence.id}: ${evidence.summary}`)
      })
      return EXIT.ok
    }),
  )
  addWaiverCommands(program, where)
}

function addWaiverCommands(program: Command, where: (command: Command) => Command): void {
  const waiver = program
    .command('waiver')
    .description('let a release through in spite of one finding: with an end, and by a second person')
  where(waiver.command('request').argument('<check>').argument('<stage>'))
    .requiredOption('--reason <text>')
    .requiredOption('--risk <text>', 'the risk that stays')
    .option('--days <n>', 'at most 90', '7')
    .action(
      withServer(
        async (
          { client, output },
          check: string,
          into: GatedStage,
          options: Where & { reason: string; risk: string; days: string },
        ) => {
          const release = await findRelease(client, options.application, options.release)
          const made = await client.requestWaiver({
            body: {
              release: release.id,
              into,
              check,
              reason: options.reason,
              residualRisk: options.risk,
              days: Number(options.days),
            },
          })
          output.result(made, () =>
            output.line(`Asked for ${made.id}. Somebody else decides: airworthy waiver grant ${made.id}`),
          )
          return EXIT.ok
        },
      ),
    )
  for (const decision of ['grant', 'refuse'] as const)
    waiver
      .command(decision)
      .argument('<waiver>')
      .action(
        withServer(async ({ client, output }, id: string) => {
          const decided = await client.decideWaiver({ params: { id }, body: { decision } })
          output.result(decided, () =>
            output.line(
              `${decided.id} is ${decided.state}${decided.state === 'granted' ? ` until ${decided.until}` : ''}.`,
            ),
          )
          return EXIT.ok
        }),
      )
}

async function follow({ client, output }: Context, id: string): Promise<void> {
  for (;;) {
    const job = await client.getJob({ params: { id } })
    const { done, total, message } = job.progress
    output.progress(`${message}${total === null ? '' : ` (${done} of ${total})`}`)
    if (!['queued', 'running'].includes(job.state)) {
      output.settle()
      if (job.state === 'failed') throw new Error(`The run failed: ${job.error ?? 'without a reason'}`)
      return
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

function showDecision({ output }: Context, decision: GateDecision, release: string): void {
  const holding = decision.findings.filter(({ verdict }) => !['PASS', 'WAIVED', 'NOT_APPLICABLE'].includes(verdict))
  output.line(
    `${release}, gate into ${decision.into}: ${decision.decision === 'open' ? 'OPEN' : `HELD by ${holding.length} of ${decision.findings.length}`}`,
  )
  for (const finding of decision.findings) {
    output.line(
      `  ${MARKS[finding.verdict] ?? '?'} ${finding.verdict.padEnd(14)} ${finding.check.padEnd(20)} ${finding.why.join(' ')}`,
    )
    if (holding.includes(finding)) for (const way of finding.wouldPassIf) output.line(`      passes if: ${way}`)
  }
  if (decision.decision === 'open')
    output.line(`Next: airworthy promote ${decision.into} --application ${release.split(' ')[0]}`)
}

function exitCodeOf(decision: GateDecision): ExitCode {
  if (decision.decision === 'open') return EXIT.ok
  return decision.findings.some(({ verdict }) => verdict === 'FAIL') ? EXIT.failed : EXIT.undecided
}
