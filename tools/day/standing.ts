/** What an installation holds, as one digest and a sentence, to be compared before and after. */
import { createHash } from 'node:crypto'
import { createClient } from '../../sdk/index.ts'
import type { Machine } from './machine.ts'

const PAGE = 1000

export async function readStanding(machine: Pick<Machine, 'url' | 'token'>): Promise<{ digest: string; said: string }> {
  const client = createClient({ baseUrl: machine.url, token: await machine.token() })
  const audit = await client.verifyAudit()
  if (audit.kind !== 'intact') throw new Error(`The audit log is not intact: ${JSON.stringify(audit)}`)
  const { items: applications } = await client.listApplications()
  const names = applications.map(({ name }) => name)
  const releases = (await Promise.all(names.map((name) => client.listReleases({ params: { name } })))).flatMap(
    ({ items }) => items,
  )
  const blueprints = await Promise.all(names.map((name) => client.getBlueprint({ params: { name } })))
  const manifests = await Promise.all(releases.map(({ id }) => client.getRelease({ params: { id } })))
  const { items: rollouts } = await client.listRollouts()
  const { items: evidence } = await client.listEvidence({ query: { limit: PAGE } })
  const { items: promotions } = await client.listPromotions()
  const experiments = (
    await Promise.all(names.map((application) => client.listExperiments({ query: { application } })))
  ).flatMap(({ items }) => items)
  const rows = await Promise.all(
    experiments.map(({ id }) => client.listExperimentRows({ params: { id }, query: { limit: PAGE } })),
  )
  const traces = await allTraces(client)
  const what = { names, releases, blueprints, manifests, rollouts, evidence, promotions, experiments, rows, traces }
  const digest = createHash('sha256').update(JSON.stringify(what)).digest('hex')
  const counts = [
    [releases, 'releases'],
    [evidence, 'pieces of evidence'],
    [experiments, 'experiments'],
    [rows.flatMap(({ items }) => items), 'rows'],
    [rollouts, 'rollouts'],
    [traces, 'traces'],
  ] as const
  const list = counts.map(([all, word]) => `${all.length} ${word}`).join(', ')
  return { digest, said: `${list}, audit log of ${audit.entries} intact, digest ${digest.slice(0, 16)}` }
}

async function allTraces(client: ReturnType<typeof createClient>): Promise<unknown[]> {
  const all: unknown[] = []
  let cursor: string | undefined
  do {
    const page = await client.listTraces({ query: { limit: PAGE, ...(cursor && { cursor }) } })
    all.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor)
  return all
}
