/** Whether weights may be used, by what was found in them. Pure. */
import { type Digest, digestOf } from '../../kernel/digest.ts'
import type { Weights } from './contract.ts'
import type { Inspection, WeightsFile } from './inspection.ts'

const MOST_NAMED = 20

/** Why they may not; empty when they may. */
export function problemsOf(
  { files, signature }: Inspection,
  expected: Readonly<Record<string, string>>,
  { trustedKey, trustedIdentity }: Pick<Weights, 'trustedKey' | 'trustedIdentity'>,
): string[] {
  const signer = trustedIdentity ? `by ${trustedIdentity.subject}` : trustedKey && 'with the key that was given'
  const problems = [
    ...files.flatMap(({ path, verdict, reason }) => (verdict === 'refused' ? [`${path}: ${reason}`] : [])),
    ...Object.entries(expected).flatMap(([path, digest]) => {
      const found = files.find((file) => file.path === path)
      if (!found) return [`${path}: it is expected and not there.`]
      return found.sha256 === digest ? [] : [`${path}: its SHA-256 is ${found.sha256}, and ${digest} was expected.`]
    }),
    ...(files.some(({ format }) => format === 'safetensors' || format === 'gguf')
      ? []
      : ['There are no weights in safetensors or GGUF among the files.']),
    ...(signature.state === 'broken' ? [`The signature ${signature.file}: ${signature.why}`] : []),
    ...(signer !== null && signature.state !== 'verified' && signature.state !== 'broken'
      ? [`They must be signed ${signer}. ${signature.why}`]
      : []),
  ]
  return problems.length <= MOST_NAMED
    ? problems
    : [...problems.slice(0, MOST_NAMED), `And ${problems.length - MOST_NAMED} more.`]
}

export const digestOfFiles = (files: readonly WeightsFile[]): Digest =>
  digestOf(files.map(({ path, sha256 }) => ({ path, sha256 })).toSorted((a, b) => (a.path < b.path ? -1 : 1)))
