/**
 * An application that exists already, from the folder that `airworthy init bring-your-own` wrote to the first gate: it is
 * frozen and asked where it runs, its own cases measure it, and the gate says what is still missing.
 */
import { ask, type Client, type ClientOptions } from '../../sdk/index.ts'

export type BroughtAlong = {
  readonly client: Client
  readonly users: ClientOptions
  readonly name: string
  /** As `airworthy init bring-your-own` wrote them. */
  readonly files: Readonly<Record<string, string>>
  tell(line: string): void
}

const POLL_MS = 50

export async function bringAlong({ client, users, name, files, tell }: BroughtAlong) {
  await client.createApplication({ body: { name, files: { ...files } } })
  const { body: release } = await client.freezeRelease({ params: { name }, body: {} })
  const { text } = await ask(users, { model: name, messages: [{ role: 'user', content: 'Do you deliver?' }] })
  tell(`${name} r${release.number} answers where it ran before: ${text}`)
  const started = await client.createExperiment({ params: { id: release.id }, body: { suite: 'questions' } })
  if (started.status !== 201) throw new Error(`It was not started: ${started.body.kind}.`)
  let experiment = await client.getExperiment({ params: { id: started.body.id } })
  while (experiment.state === 'queued' || experiment.state === 'running') {
    await new Promise((passed) => setTimeout(passed, POLL_MS))
    experiment = await client.getExperiment({ params: { id: experiment.id } })
  }
  const gate = await client.getGate({ params: { id: release.id, stage: 'poc' } })
  const held = gate.findings.filter(({ verdict }) => !['PASS', 'WAIVED', 'NOT_APPLICABLE'].includes(verdict))
  tell(
    `Measured on its own cases. The gate into poc: ${gate.decision}, ${held.length} of ${gate.findings.length} missing.`,
  )
  return { release, answer: text, experiment, gate, held }
}
