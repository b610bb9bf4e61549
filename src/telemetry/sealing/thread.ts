/** The seal in a thread of its own: what it is begun with, and what it makes of that. */
import { workerData } from 'node:worker_threads'
import { type ContentSeal, contentSeal } from '../../kernel/content-seal.ts'
import { secureBytes } from '../../kernel/random.ts'
import { Secret } from '../../kernel/secret.ts'

type Given = { readonly content?: { readonly key: string; readonly isOn: boolean } }

/** For `workerData`. The key stays in this process. */
export const givenTo = (seal: ContentSeal | undefined): Given =>
  seal ? { content: { key: seal.key.reveal(), isOn: seal.isOn } } : {}

export function sealOfThread(): ContentSeal | undefined {
  const { content } = workerData as Given
  return content && contentSeal({ key: new Secret(content.key), isOn: content.isOn, random: secureBytes })
}
