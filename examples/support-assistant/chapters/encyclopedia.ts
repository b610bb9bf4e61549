/** A second application stays in the sandbox: the same 600 questions searched with two analysers. */
import { encyclopediaHelper } from '../encyclopedia.ts'
import type { Scene } from '../scene.ts'
import { freeze, measure } from '../scene.ts'
import { comparisonLine, scoreLine } from '../wording.ts'

export async function encyclopedia(scene: Scene): Promise<void> {
  const name = scene.encyclopedia
  const measured = await scene.step('encyclopedia', async () => {
    await scene.owner
      .createApplication({ body: { name, files: encyclopediaHelper({ ...scene, analyser: 'plain' }) } })
      .catch((thrown: { code?: string }) => {
        // A restart in the middle of this step finds it made already.
        if (thrown.code !== 'delivery.name-taken') throw thrown
      })
    const plain = await freeze(scene, name, encyclopediaHelper({ ...scene, analyser: 'plain' }))
    const english = await freeze(scene, name, encyclopediaHelper({ ...scene, analyser: 'english' }))
    const experiment = await measure(scene, { release: english.id, suite: 'clapnq', against: plain.id })
    return {
      plain: scoreLine(experiment, 'average-precision', 'control'),
      english: scoreLine(experiment, 'average-precision', 'candidate'),
      comparison: comparisonLine(experiment),
    }
  })
  scene.tell(
    `4  ${name}, 600 questions over 600 passages: MRR with the plain analyser ${measured.plain}, with the English one ${measured.english}.`,
  )
  scene.tell(
    `   English against plain, in pairs: ${measured.comparison} It stays in the sandbox: its gate waits for people.`,
  )
}
