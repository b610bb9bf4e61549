/** gate, promote, attest, waiver, import: what stands between a release and its next stage. */
import { Argument, type Command, Option } from 'commander'
import type { Duty, GateDecision, GatedStage } from '../../../sdk/index.ts'
import { type Context, withServer } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { applicationHere, readText } from '../folder.ts'
import { findRelease } from '../releases.ts'
import { effort, MARKS, releaseName } from '../wording.ts'

type Where = { application?: string; release?: string }

const POLL_MS = 400
const TOOLS = ['training-records', 'promptfoo', 'garak', 'k6', 'junit', 'sarif', 'cyclonedx', 'mlflow', 'in-toto']
type Reporting = { check?: string; figure?: string[] }
const DUTIES: Duty[] = [
  'business-owner',
  'technical-lead',
  'security',
  'privacy',
  'risk',
  'executive',
  'operations',
  'data-steward',
  'training',
]
/** Where the installation asks for a second factor when somebody approves. */
const withCode = (command: Command) => command.option('--code <digits>', 'of your authenticator app')
const codeOf = ({ code }: Approving) => (code === undefined ? {} : { oneTimeCode: code })
type Approving = { code?: string }
const stageArgument = () => new Argument('<stage>').choices(['poc', 'pilot', 'production'])

export function addGateCommands(program: Command): void {
  const where = (command: Command) =>
    command
      .option('--application <name>', 'that of this folder when left out')
      .option('--release <release>', 'r3, an id, or part of a digest; the newest when left out')

  where(
    program
      .command('gate')
      .description('judge a release at the gate into a stage, with what would make each check pass')
      .addArgument(stageArgument()),
  )
    .option('--run', 'first run whatever the machine can answer')
    .option('--plan', 'say what that would run, and what it costs, without running it')
    .action(
      withServer(async (context, stage: GatedStage, options: Where & { run?: boolean; plan?: boolean }) => {
        const { client, output } = context
        const application = applicationHere(options.application)
        const release = await findRelease(client, application, options.release)
        if (options.run || options.plan) {
          const answer = await client.runGate({
            params: { id: release.id, stage },
            body: options.plan ? { dryRun: true } : {},
          })
          const { plan } = answer.body
          for (const producer of plan.producers)
            output.line(
              `${options.plan ? 'Would run' : 'Running'} ${producer.name}: ${producer.checks.join(', ')}${effort(producer) && ` (${effort(producer)})`}`,
            )
          for (const { check, howto } of plan.byPeople) output.line(`By people: ${check}. ${howto}`)
          if (options.plan) {
            output.result(plan, () => output.line(`In all: ${effort(plan) || 'nothing to pay and no time'}.`))
            return EXIT.ok
          }
          if (answer.status === 202) await follow(context, answer.body.job)
        }
        const decision = await client.getGate({ params: { id: release.id, stage } })
        output.result(decision, () => showDecision(context, decision, `${application} ${releaseName(release)}`))
        return exitCodeOf(decision)
      }),
    )

  withCode(
    where(
      program
        .command('promote')
        .description('promote a release into its next stage; refused with the findings while the gate is held')
        .addArgument(stageArgument()),
    ),
  )
    .option('--no-rollout', 'only give the right to be live there; start no rollout')
    .action(
      withServer(async (context, stage: GatedStage, options: Where & Approving & { rollout: boolean }) => {
        const { client, output } = context
        const application = applicationHere(options.application)
        const release = await findRelease(client, application, options.release)
        const answer = await client.promoteRelease(
          {
            params: { id: release.id },
            body: { into: stage, ...(!options.rollout && { rollout: 'none' as const }) },
          },
          codeOf(options),
        )
        output.result(answer.body, () => {
          if (answer.status === 409) {
            output.line('Not promoted: the gate is held.')
            return showDecision(context, answer.body, `${application} ${releaseName(release)}`)
          }
          output.line(
            `Promoted: ${application} ${releaseName(release)} into ${stage}${answer.body.live ? ', live there now' : ''}.`,
          )
          if (answer.body.rollout)
            output.line(
              `Rollout ${answer.body.rollout.id} has begun. Next: airworthy rollout watch ${answer.body.rollout.id}`,
            )
        })
        return answer.status === 201 ? EXIT.ok : exitCodeOf(answer.body)
      }),
    )

  withCode(
    where(
      program
        .command('attest')
        .description('answer a check as a person, under a duty and with a reason')
        .argument('<check>', 'for example biz.charter'),
    ),
  )
    .addOption(new Option('--duty <duty>', 'the duty you sign under').choices(DUTIES).makeOptionMandatory())
    .requiredOption('--reason <text>', 'at least ten characters')
    .action(
      withServer(
        async ({ client, output }, check: string, options: Where & Approving & { duty: Duty; reason: string }) => {
          const application = applicationHere(options.application)
          const release = await findRelease(client, application, options.release)
          const evidence = await client.attestEvidence(
            {
              body: { release: release.id, check, duty: options.duty, reason: options.reason },
            },
            codeOf(options),
          )
          output.result(evidence, () => output.line(`Recorded ${evidence.id}: ${evidence.summary}`))
          return EXIT.ok
        },
      ),
    )

  where(
    program
      .command('import')
      .description("take in a tool's own report as evidence")
      .addArgument(new Argument('<tool>', 'what made the report').choices([...TOOLS]))
      .argument('<file>')
      .option('--check <check>', 'the check that it answers, where the report leaves it open')
      .option('--figure <name=value...>', 'what the report cannot know, for example p95ObjectiveMs=2000'),
  ).action(
    withServer(async ({ client, output }, tool: string, file: string, options: Where & Reporting) => {
      const application = applicationHere(options.application)
      const release = await findRelease(client, application, options.release)
      const { items } = await client.importEvidence({
        body: {
          tool,
          release: release.id,
          content: readText(file),
          ...(options.check !== undefined && { check: options.check }),
          ...(options.figure && { figures: figuresOf(options.figure) }),
        },
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
  where(waiver.command('request').description('ask for one').argument('<check>').addArgument(stageArgument()))
    .requiredOption('--reason <text>')
    .requiredOption('--risk <text>', 'the risk that stays')
    .requiredOption('--instead <text>', 'what is done in place of the check')
    .option('--days <n>', 'at most 90', '7')
    .action(
      withServer(
        async (
          { client, output },
          check: string,
          into: GatedStage,
          options: Where & { reason: string; risk: string; instead: string; days: string },
        ) => {
          const application = applicationHere(options.application)
          const release = await findRelease(client, application, options.release)
          const made = await client.requestWaiver({
            body: {
              release: release.id,
              into,
              check,
              reason: options.reason,
              residualRisk: options.risk,
              compensatingControl: options.instead,
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
    withCode(waiver.command(decision))
      .description(`${decision} one that somebody else asked for`)
      .argument('<waiver>')
      .action(
        withServer(async ({ client, output }, id: string, options: Approving) => {
          const decided = await client.decideWaiver({ params: { id }, body: { decision } }, codeOf(options))
          output.result(decided, () =>
            output.line(
              `${decided.id} is ${decided.state}${decided.state === 'granted' ? ` until ${decided.until}` : ''}.`,
            ),
          )
          return EXIT.ok
        }),
      )
}

function figuresOf(given: readonly string[]): Record<string, number | boolean> {
  return Object.fromEntries(
    given.map((one) => {
      const [name = '', text = ''] = one.split('=', 2)
      const value = text === 'true' ? true : text === 'false' ? false : Number(text)
      if (name === '' || text === '' || Number.isNaN(value))
        throw new Error(`--figure ${one}: write name=value, with a number, true or false.`)
      return [name, value]
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
  const open = decision.findings.filter(({ verdict }) => !['PASS', 'WAIVED', 'NOT_APPLICABLE'].includes(verdict))
  const holding = open.filter(({ enforcement }) => enforcement.mode === 'enforce')
  output.line(
    `${release}, gate into ${decision.into}: ${decision.decision === 'open' ? 'OPEN' : `HELD by ${holding.length} of ${decision.findings.length}`}`,
  )
  for (const finding of decision.findings) {
    output.line(
      `  ${MARKS[finding.verdict] ?? '?'} ${finding.verdict.padEnd(14)} ${finding.check.padEnd(20)} ${finding.why.join(' ')}`,
    )
    if (!open.includes(finding)) continue
    if (!holding.includes(finding)) output.line(`      holds nothing yet: ${finding.enforcement.why}`)
    for (const way of finding.wouldPassIf) output.line(`      passes if: ${way}`)
  }
  const target = `${decision.into} --application ${release.split(' ')[0]}`
  if (decision.decision === 'open') output.line(`Next: airworthy promote ${target}`)
  else if (holding.some(({ verdict, effort }) => verdict !== 'FAIL' && effort.who === 'machine'))
    output.line(`Next: airworthy gate ${target} --run answers what a machine can answer.`)
  else
    output.line(
      `Next: mend the files, freeze, and ask again with --run; or sign as a person: airworthy attest <check> --help`,
    )
}

function exitCodeOf(decision: GateDecision): ExitCode {
  if (decision.decision === 'open') return EXIT.ok
  return decision.findings.some(({ verdict }) => verdict === 'FAIL') ? EXIT.failed : EXIT.undecided
}
