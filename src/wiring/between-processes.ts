/**
 * One installation as several processes on one database: what one changes the others hear of and read anew. A notice
 * makes it quick, a look every two seconds makes it sure. Where there is one process this is idle.
 */
import type { Access } from '../access/index.ts'
import type { Delivery } from '../delivery/index.ts'
import { SECOND } from '../kernel/time.ts'
import type { Models } from '../models/index.ts'
import { isAway } from '../store/database-error.ts'
import type { Store } from '../store/store.ts'
import { ChangeEvent, type EventHub } from '../wire/events.ts'

const LOOK_MS = 2 * SECOND
/** What may change the live table. */
const LIVE_TOPICS: ReadonlySet<string> = new Set(['application', 'release', 'rollout'])
/** Comes at the rate of traffic, and nothing in memory hangs on it. */
const QUIET_TOPICS: ReadonlySet<string> = new Set([
  'trace',
  'feedback',
  'job',
  'experiment',
  'evidence',
  'training',
  'gateway',
])

export function joinProcesses({
  store,
  hub,
  access,
  models,
  registry,
  delivery,
  report,
}: {
  store: Pick<Store, 'hasOthers' | 'notices' | 'blobs'>
  hub: EventHub
  access: Pick<Access, 'reload' | 'revision' | 'reloadSpend'>
  models: Pick<Models, 'providers' | 'routes' | 'prices' | 'pricePolicies'>
  registry: { reload(): Promise<void> }
  delivery: Pick<Delivery, 'refreshLive' | 'liveTable' | 'releaseInMemory'>
  report: (thrown: unknown, where?: string) => void
}): { close(): Promise<void> } {
  if (!store.hasOthers) return { close: async () => {} }
  let revision = -1
  let isSaid = false
  let isHearing = false
  let looking: Promise<void> | undefined
  let isAskedAgain = false

  const stopTelling = hub.subscribe((event) => {
    if (!isHearing) store.notices.tell(JSON.stringify(event))
  })
  store.notices.hear((text) => {
    const event = ChangeEvent.parse(JSON.parse(text))
    isHearing = true
    try {
      hub.publish(event)
    } finally {
      isHearing = false
    }
    if (LIVE_TOPICS.has(event.topic)) void refresh().catch(said)
    else if (!QUIET_TOPICS.has(event.topic)) void look()
  })

  /** Looks for what has changed; a look that is under way looks once more. */
  function look(): Promise<void> {
    if (looking) isAskedAgain = true
    looking ??= lookOnce()
      .then(
        () => {
          isSaid = false
        },
        (thrown) => said(thrown),
      )
      .finally(() => {
        looking = undefined
        if (!isAskedAgain) return
        isAskedAgain = false
        void look()
      })
    return looking
  }

  async function lookOnce(): Promise<void> {
    const now = await access.revision()
    if (now !== revision) {
      await access.reload()
      await models.providers.reload()
      await models.routes.reload()
      await models.prices.reload()
      await models.pricePolicies.reload()
      await registry.reload()
      revision = now
    }
    await access.reloadSpend()
    await refresh()
  }

  async function refresh(): Promise<void> {
    await delivery.refreshLive()
    // The files of what is live are at hand before they are asked for, and while the database is away.
    for (const { stages } of Object.values(delivery.liveTable().applications))
      for (const { release, rollout } of Object.values(stages))
        for (const id of [release, ...(rollout ? [rollout.candidate] : [])]) {
          const file = delivery.releaseInMemory(id)?.manifest.index?.file
          if (file) await store.blobs.keep(file)
        }
  }

  function said(thrown: unknown): void {
    // A database that is away is said once, not every two seconds.
    if (!isAway(thrown) || !isSaid) report(thrown, 'other processes')
    isSaid = isAway(thrown)
  }

  const timer = setInterval(() => void look(), LOOK_MS)
  timer.unref()
  void look()
  return {
    async close() {
      clearInterval(timer)
      stopTelling()
      await looking
    },
  }
}
