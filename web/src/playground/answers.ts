/** Asks one release. */
import type { Client, Turn } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'

export type Answer = Awaited<ReturnType<Client['answerRelease']>>

export const askRelease = ({
  release,
  turns,
  signal,
}: {
  release: string
  turns: readonly Turn[]
  signal: AbortSignal
}): Promise<Answer> => client.answerRelease({ params: { id: release }, body: { turns: [...turns] } }, { signal })
