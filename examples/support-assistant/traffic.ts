/** Sends the players until the rollout has ended. */
import { play } from './player.ts'
import type { Scene } from './scene.ts'
import { isOver, pause, rolloutOf } from './scene.ts'

/** The arrivals of 57 minutes in under a minute: so many times faster than recorded. */
export const COMPRESSION = 60
const MOST_REQUESTS = 6000
const SETTLE_MS = 300

export async function playRollout(
  scene: Scene,
  { release, floor, firstUser }: { release: string; floor: number; firstUser: number },
): Promise<void> {
  scene.tell(
    `   Players ask through the gateway: arrivals of a production service, ${COMPRESSION} times faster; answers under token F1 ${floor.toFixed(3)} count as poor.`,
  )
  await play(
    {
      gateway: scene.player,
      client: scene.ada.client,
      tasks: scene.tasks,
      dataFolder: scene.dataFolder,
      model: `${scene.application}@poc`,
      floor,
      factor: COMPRESSION,
      signal: scene.signal,
    },
    {
      most: MOST_REQUESTS,
      firstUser,
      isOver: async () => {
        await pause(SETTLE_MS, scene.signal)
        return isOver(await rolloutOf(scene, release))
      },
      onProgress: () => {},
    },
  )
}
