/** gate --plan and --run: what a change made stale, what answering takes in money and minutes, and doing exactly that. */
import type { Finding, GateDecision, GatedStage, RunPlan } from '../../../sdk/index.ts'
import { plural } from '../../kernel/plural.ts'
import type { Context } from '../command.ts'
import { EXIT, type ExitCode, UsageError } from '../exit-code.ts'
import type { Output } from '../output.ts'
import { effort, MARKS } from '../wording.ts'

export type Wanted = { run?: boolean; plan?: boolean; stale?: boolean; check?: string[] }
type At = { id: string; stage: GatedStage }

const POLL_MS = 400

export async function showPlan({ client, output }: Context, at: At, wanted: Wanted): Promise<ExitCode> {
  const decision = await client.getGate({ params: at })
  const stale = decision.findings.filter(isStale)
  const quote = async (checks?: string[]) =>
    (await client.runGate({ params: at, body: { dryRun: true, ...(checks && { checks }) } })).body.plan
  const checks = checksOf(decision, wanted)
  const plan = checks?.length === 0 ? NOTHING : await quote(checks)
  const again = stale.length === 0 ? NOTHING : wanted.stale ? plan : await quote(stale.map(({ check }) => check))
  const result = { ...plan, stale: stale.map(({ check, why }) => ({ check, why })), again }
  output.result(result, () => {
    showStale(output, stale, again)
    if (wanted.stale) return
    for (const producer of plan.producers)
      output.line(
        `Would run ${producer.name}: ${producer.checks.join(', ')}${effort(producer) && ` (${effort(producer)})`}`,
      )
    showPeople(output, plan)
    output.line(`In all: ${effort(plan) || 'nothing to pay and no time'}.`)
  })
  return EXIT.ok
}

/** Runs what was asked for and waits for it. */
export async function runAtGate(context: Context, at: At, wanted: Wanted): Promise<void> {
  const { client, output } = context
  const isNarrowed = wanted.stale || wanted.check
  const checks = isNarrowed ? checksOf(await client.getGate({ params: at }), wanted) : undefined
  if (checks?.length === 0) {
    output.line('Nothing of that is open, so nothing runs.')
    return
  }
  const answer = await client.runGate({ params: at, body: checks ? { checks } : {} })
  const { plan } = answer.body
  for (const producer of plan.producers)
    output.line(
      `Running ${producer.name}: ${producer.checks.join(', ')}${effort(producer) && ` (${effort(producer)})`}`,
    )
  showPeople(output, plan)
  if (answer.status === 202) await follow(context, answer.body.job)
}

/** Throws a usage error that names the checks of the gate. */
export function findingsNamed({ findings, into }: GateDecision, checks: readonly string[]): Finding[] {
  return checks.map((check) => {
    const found = findings.find((finding) => finding.check === check)
    if (found) return found
    const asked = findings.map((finding) => finding.check).join(', ')
    throw new UsageError(`The gate into ${into} does not ask for ${check}. It asks for ${asked}.`)
  })
}

/** Undefined: whatever is open. */
function checksOf(decision: GateDecision, { check, stale }: Wanted): string[] | undefined {
  const named = check && findingsNamed(decision, check)
  if (stale) return (named ?? decision.findings).filter(isStale).map((finding) => finding.check)
  return check
}

const isStale = ({ verdict }: Finding): boolean => verdict === 'STALE'

function showStale(output: Output, stale: readonly Finding[], again: RunPlan): void {
  if (stale.length === 0) {
    output.line('Nothing went stale: every answer still holds for what it was given.')
    return
  }
  output.line(`${plural(stale.length, 'check')} went stale; everything else keeps its evidence.`)
  for (const { verdict, check, why } of stale) output.line(`  ${MARKS[verdict]} ${check.padEnd(20)} ${why.join(' ')}`)
  const byMachine = again.producers.flatMap(({ checks }) => checks).length
  if (byMachine > 0)
    output.line(
      `Running ${byMachine} of them again takes ${effort(again) || 'nothing to pay and no time'}: --run --stale.`,
    )
  if (again.byPeople.length > 0)
    output.line(`People answer again: ${again.byPeople.map(({ check }) => check).join(', ')}.`)
}

function showPeople(output: Output, { byPeople }: RunPlan): void {
  for (const { check, howto } of byPeople) output.line(`By people: ${check}. ${howto}`)
}

const NOTHING: RunPlan = { producers: [], calls: 0, costMicroUsd: '0', minutes: 0, byPeople: [] }

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
