/** Answers followed through the port, and a deletion rehearsed over every place that keeps something about people. */
import { ask, createClient } from '../../sdk/index.ts'
import type { Access } from '../access/index.ts'
import type { Name } from '../core/names.ts'
import type { Producer, ProducerContext } from '../core/producer.ts'
import { datasetPart, type ExamplesOf } from '../evals/index.ts'
import { createLineageDrill } from '../governance/index.ts'
import { NOTHING, sumMoney } from '../kernel/money.ts'
import { type Clock, later, SECOND } from '../kernel/time.ts'
import type { Knowledge } from '../knowledge/index.ts'
import type { Models } from '../models/index.ts'
import type { Blobs } from '../store/blobs.ts'
import { estimateCost } from './estimate.ts'
import type { wirePrivacy } from './privacy.ts'

export type DrillDeps = {
  readonly clock: Clock
  readonly access: Access
  readonly models: Models
  readonly knowledge: Pick<Knowledge, 'resolveIndex'>
  readonly examplesOf: ExamplesOf
  readonly blobs: Blobs
  readonly rehearse: ReturnType<typeof wirePrivacy>['rehearse']
  readonly address: () => string
}

const CALLS_A_MINUTE = 30
const HELLO = 'Hello'

export function wireLineageDrill({
  clock,
  access,
  models,
  knowledge,
  examplesOf,
  blobs,
  rehearse,
  address,
}: DrillDeps): Producer {
  /** With a key that is made for it and leaves with it. */
  async function withKey<Result>(
    { release, by, signal }: ProducerContext,
    work: (asked: (text: string) => Promise<string>, options: { baseUrl: string; token: string }) => Promise<Result>,
  ): Promise<Result> {
    const application = release.application as Name
    const name = `lineage drill of ${application}`
    const { key, secret } = await access.createKey({
      name,
      role: 'builder',
      application,
      limits: { requestsPerMinute: CALLS_A_MINUTE },
      by,
    })
    const options = { baseUrl: address(), token: secret.reveal() }
    try {
      return await work(async (content) => {
        const messages = [{ role: 'user' as const, content }]
        const metadata = { traffic: 'probe' }
        return (await ask(options, { model: application, messages, subject: 'lineage-drill', metadata, signal })).trace
      }, options)
    } finally {
      await access.discardKey(key.id, by)
    }
  }

  return createLineageDrill({
    async quoteOf({ release: { manifest } }, calls) {
      const turns = [{ role: 'user' as const, content: HELLO }]
      const one = await estimateCost({ models, manifest, flow: manifest.flow, turns })
      const costMicroUsd = one === null ? null : sumMoney(Array.from({ length: calls }, () => one))
      return { calls, costMicroUsd: costMicroUsd ?? (manifest.target ? null : NOTHING), minutes: 1 }
    },

    follow: (context, count) =>
      withKey(context, async (asked, options) => {
        const client = createClient(options)
        const lost: string[][] = []
        for (const question of await questions(context, count)) {
          const { passages, invalidCitations } = await client.explainAnswer({ params: { id: await asked(question) } })
          const astray = passages.filter(({ text, source }) => text === null || source === null)
          lost.push([...astray.map(({ id, file }) => `${id} of ${file}`), ...invalidCitations])
        }
        return lost
      }),

    drill: (context) =>
      withKey(context, async (asked) => {
        const nobody = `nobody-${context.release.id}-${clock()}@example.org`.replaceAll(':', '-')
        await asked(`Write to ${nobody}.`)
        const rows = [{ id: 'nobody', input: `Write to ${nobody}.`, split: 'build' as const, metadata: {} }]
        await datasetPart({ name: 'lineage-drill', rows: rows as never }, blobs)
        await knowledge.resolveIndex([
          { path: 'knowledge/lineage-drill.md', bytes: Buffer.from(`# Nobody\n\nWrite to ${nobody}.\n`) },
        ])
        const { found, left, tookMs } = await rehearse({
          identifier: nobody,
          before: later(clock(), SECOND),
          signal: context.signal,
        })
        return { found: counts(found), left: counts(left.filter(({ fate }) => fate !== 'keep')), tookMs }
      }),
  })

  /** What its team has written, and never the holdout; a greeting where there is nothing. */
  async function questions({ release: { manifest } }: ProducerContext, count: number): Promise<string[]> {
    const texts: string[] = []
    for (const dataset of manifest.datasets)
      for await (const piece of examplesOf.pieces(dataset)) {
        for (const { input, split } of piece)
          if (split !== 'holdout' && typeof input === 'string' && texts.length < count) texts.push(input)
        if (texts.length === count) break
      }
    return Array.from({ length: count }, (_, index) => texts[index] ?? HELLO)
  }
}

const counts = (tallies: readonly { place: string; count: number }[]): Record<string, number> => {
  const sum: Record<string, number> = {}
  for (const { place, count } of tallies) sum[place] = (sum[place] ?? 0) + count
  return sum
}
