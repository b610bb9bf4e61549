/** gate --verdict, and verdict: a gate's decision signed, and its check without a server. */
import { readFileSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { GateDecision, GatedStage } from '../../../sdk/index.ts'
import { type KnownKey, verifyVerdict } from '../../../sdk/verdict.ts'
import { type Context, withoutServer } from '../command.ts'
import { EXIT, UsageError } from '../exit-code.ts'
import { readText } from '../folder.ts'
import { MARKS } from '../wording.ts'

export function addVerdictCommands(program: Command): void {
  const verdict = program.command('verdict').description('signed verdicts of gates, as `gate --verdict` writes them')
  verdict
    .command('verify')
    .description('check a signed verdict; needs no server. Exit 1 when it is broken or the gate was held')
    .argument('<file>')
    .option('--key <keyid>', 'the key that must have signed it, as the installation shows it: sha256:…')
    .option('--keys <file>', 'what `airworthy --json evidence-keys list` printed: refuses a key that was revoked')
    .action(
      withoutServer(async (output, file: string, { key, keys }: { key?: string; keys?: string }) => {
        const found = verifyVerdict(readFileSync(file), { key, ...(keys !== undefined && { keys: knownIn(keys) }) })
        output.result(found, () => {
          if (found.kind === 'broken') return output.line(`BROKEN. ${found.why}`)
          const { result, application, release, into, at, keyid, decision, findings } = found
          output.line(
            `${result}: ${application} r${release.number} at the gate into ${into}, decided on ${at}. The signature holds.`,
          )
          for (const finding of findings.filter(({ holds }) => holds))
            output.line(
              `  ${MARKS[finding.verdict] ?? '?'} ${finding.verdict.padEnd(14)} ${finding.check.padEnd(20)} ${finding.why.join(' ')}`,
            )
          output.line(`Release ${release.digest}, decision ${decision}`)
          output.line(
            key === undefined && keys === undefined
              ? `Signed with ${keyid}. Compare it with the key that the installation shows, or give it as --key.`
              : `Signed with ${keyid}, as you asked.`,
          )
        })
        return found.kind === 'valid' && found.result === 'PASSED' ? EXIT.ok : EXIT.failed
      }),
    )
}

/** Throws a usage error: what is signed is the gate as a whole, as it stands. */
export function demandWholeGate(options: { verdict?: string; plan?: boolean; check?: string[] }): void {
  if (options.verdict === undefined) return
  if (options.plan) throw new UsageError('--plan decides nothing, so there is no --verdict to sign.')
  if (options.check) throw new UsageError('--verdict signs the whole gate; leave --check away.')
}

/** Keeps the decision and writes it signed; `-` prints it alone. */
export async function writeVerdict(
  { client }: Context,
  at: { id: string; stage: GatedStage },
  file: string,
): Promise<{ decision: GateDecision; lines: string[] }> {
  const { id, decision } = await client.keepGateDecision({ params: at })
  const envelope = await client.getGateVerdict({ params: { id } })
  const text = `${JSON.stringify(envelope)}\n`
  if (file === '-') process.stdout.write(text)
  else writeFileSync(file, text)
  const [signature] = envelope.signatures
  return { decision, lines: [`Signed verdict ${id} in ${file}, by the key ${signature?.keyid}.`] }
}

function knownIn(file: string): KnownKey[] {
  try {
    const value: unknown = JSON.parse(readText(file))
    if (Array.isArray(value) && value.every((one) => typeof one?.keyid === 'string')) return value
  } catch {
    // Said below, with what to do.
  }
  throw new UsageError(`${file} is no list of keys. Write one with: airworthy --json evidence-keys list > ${file}`)
}
