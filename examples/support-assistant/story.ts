/**
 * The story: one application from a folder of files to live traffic, and a worse release that is caught.
 * It works through the API like any client and decides nothing itself: what it tells is what it was told.
 */
import { type Client, createClient } from '../../sdk/index.ts'
import { encyclopedia } from './chapters/encyclopedia.ts'
import { firstRelease } from './chapters/first-release.ts'
import { secondRelease } from './chapters/second-release.ts'
import { thirdRelease } from './chapters/third-release.ts'
import type { Person, Scene } from './scene.ts'
import { readTasks } from './tasks.ts'

export type StoryOptions = {
  readonly baseUrl: string
  /** The owner's key: makes the example people and their keys, and is used for nothing else. */
  readonly ownerToken: string
  readonly dataFolder: URL
  readonly round: number
  readonly signal: AbortSignal
  tell(line: string): void
  progress(done: number, total: number, message: string): Promise<void>
  step<Result>(name: string, work: () => Promise<Result>): Promise<Result>
}

const CHAPTERS = [
  { message: 'Release 1: a reader over documents', play: firstRelease },
  { message: 'Release 2: a recorded model, canary', play: secondRelease },
  { message: 'Release 3: a regression, caught', play: thirdRelease },
  { message: 'A second application: two analysers', play: encyclopedia },
] as const

export async function playStory(options: StoryOptions): Promise<void> {
  const owner = createClient({ baseUrl: options.baseUrl, token: options.ownerToken })
  const suffix = options.round > 1 ? `-${options.round}` : ''
  const application = `support-assistant${suffix}`
  const actors = await options.step('people', async () => ({
    ada: (await owner.createActor({ body: { name: 'Ada Example', role: 'builder', example: true } })).id,
    grace: (await owner.createActor({ body: { name: 'Grace Example', role: 'approver', example: true } })).id,
    mary: (await owner.createActor({ body: { name: 'Mary Example', role: 'approver', example: true } })).id,
  }))
  const keys: string[] = []
  const ada = await personOf({ owner, options, keys, name: 'Ada Example', actor: actors.ada, role: 'builder' })
  const grace = await personOf({ owner, options, keys, name: 'Grace Example', actor: actors.grace, role: 'approver' })
  const mary = await personOf({ owner, options, keys, name: 'Mary Example', actor: actors.mary, role: 'approver' })
  await options.step(
    'application',
    async () => (await ada.client.createApplication({ body: { name: application, template: 'bring-your-own' } })).id,
  )
  const player = await owner.createKey({
    body: { name: 'example traffic player', role: 'builder', actor: actors.ada, application },
  })
  keys.push(player.id)
  const scene: Scene = {
    owner,
    ada,
    grace,
    mary,
    player: { baseUrl: options.baseUrl, token: player.secret },
    application,
    encyclopedia: `encyclopedia-helper${suffix}`,
    dataFolder: options.dataFolder,
    tasks: readTasks(options.dataFolder),
    signal: options.signal,
    tell: options.tell,
    progress: (chapter, message) => options.progress(chapter, CHAPTERS.length, message),
    step: options.step,
  }
  try {
    for (const [index, { message, play }] of CHAPTERS.entries()) {
      await scene.progress(index, message)
      await play(scene)
    }
    await scene.progress(CHAPTERS.length, 'The story is told.')
  } finally {
    // Keys of example people live no longer than the story.
    await Promise.allSettled(keys.map((key) => owner.revokeKey({ params: { key } })))
  }
}

type Casting = {
  owner: Client
  options: StoryOptions
  keys: string[]
  name: string
  actor: string
  role: 'builder' | 'approver'
}

async function personOf({ owner, options, keys, name, actor, role }: Casting): Promise<Person> {
  const key = await owner.createKey({ body: { name: `${name}, for the example`, role, actor } })
  keys.push(key.id)
  const connection = { baseUrl: options.baseUrl, token: key.secret }
  return { name, actor, client: createClient(connection), options: connection }
}
