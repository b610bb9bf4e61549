/** The example that plays at the first start; an installation without the folder `examples/` has none. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { playStory } from '../../examples/index.ts'
import type { Config } from '../config.ts'
import type { Delivery } from '../delivery/index.ts'
import type { Example, Play } from '../example/index.ts'

/** Whether the example is played at the start. Its people have no authenticator app, so they could approve nothing. */
export function mayPlayExample({ example, secondFactor }: Config, print: (line: string) => void): boolean {
  if (!example || !secondFactor) return example
  print('The example is not played where approvals take a second factor (AIRWORTHY_SECOND_FACTOR).')
  return false
}

/**
 * Begins it at the first start, and goes on with it at later ones. Whoever began empty, or restored something, gets it
 * by `airworthy example reset` alone.
 */
export async function beginExample(
  example: Pick<Example, 'start' | 'status'>,
  applications: Pick<Delivery['applications'], 'list'>,
): Promise<void> {
  const { state } = await example.status()
  const isEmpty = (await applications.list({ cursor: undefined, limit: 1 })).items.length === 0
  if (state !== 'off' || isEmpty) await example.start()
}

export type Stage = { readonly baseUrl: string; readonly ownerToken: string }

/** @param stage asked when the play begins, because the port is open only then */
export const examplePlay =
  ({ root, stage }: { root: string; stage: () => Stage }): Play =>
  async ({ run, round, tell }) => {
    const data = join(root, 'data')
    if (!existsSync(join(data, 'rag-mtrag-human')))
      throw new Error('The example needs the folder data/, which comes with the repository.')
    await playStory({
      ...stage(),
      dataFolder: pathToFileURL(`${data}/`),
      round,
      signal: run.signal,
      tell,
      progress: run.progress,
      step: run.step,
    })
    tell('   Try next:  npx airworthy open                                       the same path on screen')
    tell('              npx airworthy run support-assistant "Can I visit the law library?"')
    tell('              npx airworthy rollout list --application support-assistant')
    tell(
      '              npx airworthy init support-assistant my-shop             your own folder, and the walk of the README',
    )
    tell('              OPENAI_API_KEY=… npx airworthy up, or any OpenAI-compatible address as a provider')
  }
