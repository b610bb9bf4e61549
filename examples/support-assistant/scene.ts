/** What every chapter of the story works with: three people with keys, the data, and a way to tell. */
import type { Client, ClientOptions, Experiment, GateDecision, ServedRelease, ServedRollout } from '../../sdk/index.ts'
import type { Task } from './tasks.ts'

export type Person = {
  readonly name: string
  readonly actor: string
  readonly client: Client
  readonly options: ClientOptions
}

export type Scene = {
  /** Names the people who answer for an application, which nobody does for himself. */
  readonly owner: Client
  /** Builds: freezes, measures, asks for waivers. */
  readonly ada: Person
  /** Answers for it: attests, decides on waivers. */
  readonly grace: Person
  /** Attests what is signed for risk: nobody holds that duty and business owner. */
  readonly mary: Person
  /** A key that is bound to the application, as its users' client has. */
  readonly player: ClientOptions
  readonly application: string
  readonly encyclopedia: string
  readonly dataFolder: URL
  readonly tasks: readonly Task[]
  readonly signal: AbortSignal
  tell(line: string): void
  progress(chapter: number, message: string): Promise<void>
  /** Done once in the life of the story: after a restart the recorded result is returned instead. */
  step<Result>(name: string, work: () => Promise<Result>): Promise<Result>
}

const POLL_MS = 200

export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        reject(signal.reason)
      },
      { once: true },
    )
  })

/** The owner keeps files that name people for duties; whoever builds may change the rest afterwards. */
export async function nameDuties(scene: Scene, application: string, files: Record<string, string>): Promise<void> {
  await scene.owner.putBlueprint({ params: { name: application }, body: { files } })
}

/** Freezes files as a release of the application. */
export async function freeze(scene: Scene, application: string, files: Record<string, string>): Promise<ServedRelease> {
  await scene.ada.client.putBlueprint({ params: { name: application }, body: { files } })
  return (await scene.ada.client.freezeRelease({ params: { name: application }, body: {} })).body
}

/** Runs whatever the machine can answer at the gate into poc, and waits. */
export async function runGate(scene: Scene, release: string): Promise<void> {
  const answer = await scene.ada.client.runGate({ params: { id: release, stage: 'poc' }, body: {} })
  if (answer.status !== 202) return
  for (;;) {
    const job = await scene.ada.client.getJob({ params: { id: answer.body.job } })
    if (job.state === 'succeeded') return
    if (job.state === 'failed' || job.state === 'cancelled')
      throw new Error(`The run of the gate ${job.state}: ${job.error}`)
    await pause(POLL_MS, scene.signal)
  }
}

/** Measures a suite and waits for the result. */
export async function measure(
  scene: Scene,
  { release, suite, against }: { release: string; suite: string; against?: string | null },
): Promise<Experiment> {
  const answer = await scene.ada.client.createExperiment({
    params: { id: release },
    body: { suite, ...(against !== undefined && { against }) },
  })
  if (answer.status !== 201) throw new Error(`The experiment on ${suite} was not started: ${answer.body.kind}.`)
  for (let current = answer.body; ; current = await scene.ada.client.getExperiment({ params: { id: current.id } })) {
    if (current.state === 'succeeded') return current
    if (current.state === 'failed' || current.state === 'cancelled')
      throw new Error(`The experiment ${current.id} ${current.state}.`)
    await pause(POLL_MS, scene.signal)
  }
}

export const gateOf = (scene: Scene, release: string): Promise<GateDecision> =>
  scene.ada.client.getGate({ params: { id: release, stage: 'poc' } })

export const holding = (decision: GateDecision) =>
  decision.findings.filter(({ verdict }) => !['PASS', 'WAIVED', 'NOT_APPLICABLE'].includes(verdict))

/** The open or newest rollout of a release. */
export async function rolloutOf(scene: Scene, release: string): Promise<ServedRollout> {
  const { items } = await scene.ada.client.listRollouts({ query: { application: scene.application, release } })
  const rollout = items.find(({ candidate }) => candidate === release)
  if (!rollout) throw new Error(`There is no rollout of ${release}.`)
  return rollout
}

export const isOver = (rollout: ServedRollout): boolean =>
  !['planned', 'running', 'holding', 'paused'].includes(rollout.state)
