/** gate, promote, attest, import: what stands between a release and its next stage. */
import { Argument, type Command, Option } from 'commander'
import type { Duty, GateDecision, GatedStage } from '../../../sdk/index.ts'
import { type Context, withServer } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { applicationHere, readText } from '../folder.ts'
import { findRelease } from '../releases.ts'
import { stageArgument } from '../stage-argument.ts'
import { releaseName } from '../wording.ts'
import { exitCodeOf, exitCodeOfChecks, holds, showFindings } from './findings-of-gate.ts'
import { findingsNamed, runAtGate, showPlan, type Wanted } from './gate-plan.ts'
import { demandWholeGate, writeVerdict } from './verdict.ts'

type Where = { application?: string; release?: string }

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
    .option('--plan', 'say what went stale and what running would take, without running it')
    .option('--stale', 'with --run or --plan: only what went stale since it was answered')
    .option('--check <check...>', 'judge, plan or run these checks alone; the exit code is theirs')
    .option('--verdict <file>', 'keep the decision and write it signed, for `airworthy verdict verify`; - prints it')
    .action(
      withServer(async (context, stage: GatedStage, options: Where & Wanted & { verdict?: string }) => {
        demandWholeGate(options)
        const { client, output } = context
        const application = applicationHere(options.application)
        const release = await findRelease(client, application, options.release)
        const at = { id: release.id, stage }
        if (options.plan) return showPlan(context, at, options)
        if (options.run) await runAtGate(context, at, options)
        if (options.verdict !== undefined) {
          const { decision, lines } = await writeVerdict(context, at, options.verdict)
          if (options.verdict === '-') return exitCodeOf(decision)
          output.result({ ...decision, signed: options.verdict }, () => {
            showDecision(context, decision, `${application} ${releaseName(release)}`)
            for (const line of lines) output.line(line)
          })
          return exitCodeOf(decision)
        }
        const decision = await client.getGate({ params: at })
        const { check } = options
        if (check) {
          const findings = findingsNamed(decision, check)
          output.result({ into: stage, findings, at: decision.at }, () => showFindings(output, findings))
          return exitCodeOfChecks(findings)
        }
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

function showDecision({ output }: Context, decision: GateDecision, release: string): void {
  const holding = decision.findings.filter(holds)
  output.line(
    `${release}, gate into ${decision.into}: ${decision.decision === 'open' ? 'OPEN' : `HELD by ${holding.length} of ${decision.findings.length}`}`,
  )
  showFindings(output, decision.findings)
  const target = `${decision.into} --application ${release.split(' ')[0]}`
  if (decision.decision === 'open') output.line(`Next: airworthy promote ${target}`)
  else if (holding.some(({ verdict, effort }) => verdict !== 'FAIL' && effort.who === 'machine'))
    output.line(`Next: airworthy gate ${target} --run answers what a machine can answer.`)
  else
    output.line(
      `Next: mend the files, freeze, and ask again with --run; or sign as a person: airworthy attest <check> --help`,
    )
}
