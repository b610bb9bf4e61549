/**
 * The path of the echo application as a client walks it that may be cut off at any moment and begins again: every step
 * looks at what is there first. Walked to its end it always comes to the same.
 */
import { ask, type Client, type ClientOptions } from '../../sdk/index.ts'
import { type EchoFiles, echoApplication, TRAINING } from './echo-application.ts'

const NAME = 'parcels'
/** A wide margin: a hundred users an arm decide. */
const PLAN = { rollouts: { poc: { steps: [0.5, 1], metrics: [{ name: 'error', kind: 'event', margin: 0.9 }] } } }
const USERS_AT_ONCE = 25
const MOST_USERS = 2000
const PATIENCE_MS = 30_000

/** What it comes to: the releases by digest, what is live, how the rollout ended, rows of each experiment. */
export type Standing = {
  readonly releases: readonly string[]
  readonly live: string
  readonly rollouts: readonly string[]
  readonly experiments: readonly string[]
}

export async function walkParcels(client: Client, options: ClientOptions): Promise<Standing> {
  await walkToRollout(client)
  await playUntilOver(client, options)
  return standing(client)
}

/** To the moment in which the second release is rolled out beside the first; `more` replaces files of both. */
export async function walkToRollout(
  client: Client,
  plan: object = PLAN,
  more: (release: 'first' | 'second') => EchoFiles = () => ({}),
): Promise<void> {
  const files = (release: 'first' | 'second') => {
    const all = echoApplication(release)
    const settings = JSON.parse(all['airworthy.yaml'] ?? '{}')
    // One person walks, so that person attests too.
    const duties = { ...settings.duties, risk: 'owner' }
    return { ...all, ...more(release), 'airworthy.yaml': JSON.stringify({ ...settings, ...plan, duties }) }
  }
  const { items } = await client.listApplications()
  if (!items.some(({ name }) => name === NAME))
    await client.createApplication({ body: { name: NAME, files: files('first') } })
  const promotions = async () => (await client.listPromotions({ query: { application: NAME } })).items
  if ((await promotions()).length === 0) {
    await client.putBlueprint({ params: { name: NAME }, body: { files: files('first') } })
    await takeThrough(client)
  }
  if ((await promotions()).length === 1) {
    await client.putBlueprint({ params: { name: NAME }, body: { files: files('second') } })
    await takeThrough(client)
  }
}

/** Freezes what is there and brings it through the gate into poc. */
async function takeThrough(client: Client): Promise<void> {
  const { body: release } = await client.freezeRelease({ params: { name: NAME }, body: {} })
  const params = { id: release.id, stage: 'poc' as const }
  const holding = async () =>
    (await client.getGate({ params })).findings.filter(({ verdict }) => verdict !== 'PASS').map(({ check }) => check)
  const run = await client.runGate({ params, body: {} })
  if (run.status === 202)
    await until(async () =>
      ['succeeded', 'failed'].includes((await client.getJob({ params: { id: run.body.job } })).state),
    )
  const left = await holding()
  if (left.includes('gov.classification'))
    await client.attestEvidence({
      body: { release: release.id, check: 'gov.classification', duty: 'risk', reason: 'A limited risk.' },
    })
  if (left.includes('train.builders'))
    await client.importEvidence({ body: { tool: 'training-records', release: release.id, content: TRAINING } })
  const outcome = await client.promoteRelease({ params: { id: release.id }, body: { into: 'poc' } })
  if (outcome.status !== 201) throw new Error(`held by ${(await holding()).join(', ')}`)
}

async function playUntilOver(client: Client, options: ClientOptions): Promise<void> {
  // From the database: the live table answers from memory, also when nothing can be written any more.
  const isOver = async () => {
    const { items } = await client.listRollouts({ query: { application: NAME } })
    return items.every(({ state }) => state === 'completed' || state === 'rolled-back')
  }
  for (let user = 0; user < MOST_USERS && !(await isOver()); user += USERS_AT_ONCE)
    await Promise.all(
      Array.from({ length: USERS_AT_ONCE }, (_, i) =>
        ask(options, {
          model: `${NAME}@poc`,
          messages: [{ role: 'user', content: `parcel ${user + i}` }],
          subject: `user-${user + i}`,
        }),
      ),
    )
  await until(isOver)
}

async function standing(client: Client): Promise<Standing> {
  const { items: releases } = await client.listReleases({ params: { name: NAME } })
  const digests = new Map(releases.map(({ id, digest }) => [id, digest]))
  const { items: rollouts } = await client.listRollouts({ query: { application: NAME } })
  const { items: experiments } = await client.listExperiments({ query: { application: NAME } })
  const rowsOf = async (id: string) => {
    const { items } = await client.listExperimentRows({ params: { id }, query: { limit: 1000 } })
    return new Set(items.map(({ arm, example, repeat }) => `${arm} ${example} ${repeat}`)).size
  }
  return {
    releases: releases.map(({ digest }) => digest).sort(),
    live: digests.get((await client.getLive()).applications[NAME]?.stages.poc?.release ?? '') ?? 'none',
    rollouts: rollouts.map(({ state }) => state),
    experiments: await Promise.all(
      experiments.filter(({ state }) => state === 'succeeded').map(async ({ id }) => `${await rowsOf(id)} rows`),
    ),
  }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const start = performance.now(); !(await isSo()); ) {
    if (performance.now() - start > PATIENCE_MS) throw new Error('It takes too long.')
    await new Promise((passed) => setTimeout(passed, 50))
  }
}
