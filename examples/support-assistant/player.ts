/**
 * Simulated users: each picks a conversation of the data set, asks its last question through the gateway,
 * compares the answer with the reference that only the player knows, and says how it was.
 * Every request is labelled as played, and every user keeps to one arm by its name.
 */
import { AirworthyError, type Answer, ask, type Client, type ClientOptions } from '../../sdk/index.ts'
import { arrivals } from './arrivals.ts'
import type { Task } from './tasks.ts'
import { tokenF1 } from './token-f1.ts'

export type Player = {
  readonly gateway: ClientOptions
  readonly client: Client
  readonly tasks: readonly Task[]
  readonly dataFolder: URL
  /** `<application>@<stage>`. */
  readonly model: string
  /** An answer below this token F1 counts as poor; fixed on the build split before any rollout. */
  readonly floor: number
  /** How many times faster than recorded the arrivals come. */
  readonly factor: number
  readonly signal: AbortSignal
}

export type Played = { requests: number; failed: number }

const MOST_AT_ONCE = 16
const BATCH = 50

/** Plays until `isOver` says so or `most` requests were sent. Users are numbered on from `firstUser`. */
export async function play(
  player: Player,
  {
    most,
    firstUser,
    isOver,
    onProgress,
  }: { most: number; firstUser: number; isOver: () => Promise<boolean>; onProgress: (played: Played) => void },
): Promise<Played> {
  const played: Played = { requests: 0, failed: 0 }
  const times = arrivals({ dataFolder: player.dataFolder, factor: player.factor, count: most, skip: firstUser })
  let offset = 0
  for (let from = 0; from < most && !player.signal.aborted; from += BATCH) {
    const users = Array.from({ length: Math.min(BATCH, most - from) }, (_, i) => from + i)
    const started = performance.now()
    await eachLimited(users, MOST_AT_ONCE, async (i) => {
      await until(started + (times[i] ?? 0) - offset, player.signal)
      if (!(await playUser(player, firstUser + i))) played.failed++
      played.requests++
    })
    offset = times[Math.min(from + BATCH, most - 1)] ?? offset
    onProgress(played)
    if (await isOver()) break
  }
  return played
}

/** One user: a question, an answer, feedback. False when there was no answer. */
async function playUser(player: Player, user: number): Promise<boolean> {
  const task = player.tasks[user % player.tasks.length]
  if (!task) return false
  const subject = `player-${user}`
  try {
    const answer = await ask(player.gateway, {
      model: player.model,
      messages: task.turns,
      subject,
      metadata: { traffic: 'played', task: task.id },
      signal: player.signal,
    })
    for (const { name, value } of opinions(task, answer, player.floor))
      await player.client.recordFeedback({
        body: {
          trace: answer.trace,
          name,
          value,
          user: subject,
          comment: 'Given by the example traffic player, which knows the reference answer.',
        },
      })
    return true
  } catch (thrown) {
    if (thrown instanceof AirworthyError || player.signal.aborted) return false
    throw thrown
  }
}

/** What a user who knows the reference says about an answer. */
function opinions(task: Task, answer: Answer, floor: number): { name: string; value: boolean }[] {
  if (!task.isAnswerable) return []
  return [
    { name: 'abstained-on-answerable', value: answer.isAbstained },
    { name: 'low-token-f1', value: tokenF1(answer.text, task.reference) < floor },
  ]
}

async function eachLimited<Item>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = [...items]
  await Promise.all(
    Array.from({ length: Math.min(limit, items.length) }, async () => {
      for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item)
    }),
  )
}

function until(atMs: number, signal: AbortSignal): Promise<void> {
  const wait = atMs - performance.now()
  if (wait <= 0 || signal.aborted) return Promise.resolve()
  return new Promise((resolve) => setTimeout(resolve, wait))
}
