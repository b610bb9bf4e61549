/**
 * Claim: a rollout has decided within a second of the event that causes it. A whole server answers users of both arms
 * one after the other; the time is taken from the end of an answer until the rollout shows what it decided on it.
 * Beside it, the bare limit: reading the rollout once.
 *
 * node bench/rollout/live.ts [--smoke]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ask, type ClientOptions, createClient } from '../../sdk/index.ts'
import { startAirworthy } from '../../src/airworthy.ts'
import { readConfig } from '../../src/config.ts'
import { walkToRollout } from '../../src/testing/parcels-path.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CLAIM_MS = 1000
const MOST_MS = 30_000
// Never decided, so that every event asks anew; latency too, as most plans watch it.
const PLAN = {
  steps: [0.5, 1],
  metrics: [
    { name: 'error', kind: 'event', margin: 0.001 },
    { name: 'latency-ms', kind: 'mean', scale: 'log', margin: 5 },
  ],
}

async function report(users: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'airworthy-rollout-'))
  const airworthy = await startAirworthy({
    config: readConfig({ AIRWORTHY_DATA: folder, AIRWORTHY_PORT: '0', AIRWORTHY_EXAMPLE: '0' }),
    root: ROOT,
    print: () => {},
    pages: false,
  })
  try {
    return await measured({ baseUrl: airworthy.url, token: airworthy.ownerToken }, users)
  } finally {
    await airworthy.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measured(options: ClientOptions & { token: string }, users: number): Promise<string> {
  const client = createClient(options)
  await walkToRollout(client, { rollouts: { poc: PLAN } })
  const [begun] = (await client.listRollouts({ query: { application: 'parcels' } })).items
  const params = { id: begun?.id ?? '' }
  const [decided, bare]: [number[], number[]] = [[], []]
  for (let user = 1; user <= users; user += 1) {
    await ask(options, {
      model: 'parcels@poc',
      subject: `user-${user}`,
      messages: [{ role: 'user', content: `parcel ${user}` }],
    })
    const answered = performance.now()
    for (;;) {
      const begin = performance.now()
      const { latest } = await client.getRollout({ params })
      bare.push(performance.now() - begin)
      const [error] = latest?.metrics ?? []
      if ((error?.control.units ?? 0) + (error?.candidate.units ?? 0) >= user) break
      if (begin - answered > MOST_MS) throw new Error('Nothing was decided.')
    }
    decided.push(performance.now() - answered)
  }
  const at = (values: readonly number[], share: number) =>
    (values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0).toFixed(1)
  const verdict = Number(at(decided, 1)) <= CLAIM_MS ? 'met' : 'NOT MET'
  return `${users} events at load ${loadavg()[0]?.toFixed(1)}: decided after ${at(decided, 0.5)} ms, 99 % within ${at(decided, 0.99)} ms, all within ${at(decided, 1)} ms (at most ${CLAIM_MS}: ${verdict}); bare (reading it once): ${at(bare, 0.5)} ms`
}

if (import.meta.main) console.log(await report(process.argv.includes('--smoke') ? 20 : 200))
