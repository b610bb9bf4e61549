/** Which answers count as poor: those below the median token F1 of the first release on the build split. */
import type { Scene } from './scene.ts'
import { measure } from './scene.ts'

export async function poorAnswerFloor(scene: Scene, release: string): Promise<number> {
  const experiment = await measure(scene, { release, suite: 'build', against: null })
  const { items } = await scene.ada.client.listExperimentRows({ params: { id: experiment.id }, query: { limit: 1000 } })
  const scores = items
    .map(({ scores }) => scores['token-f1']?.score ?? null)
    .filter((score) => score !== null)
    .sort((a, b) => a - b)
  return scores[Math.floor(scores.length / 2)] ?? 0
}
