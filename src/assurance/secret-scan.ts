/** `sec.secrets`: no key, token or password in what a release carries. It depends on the release as a whole. */
import { partsOf } from '../core/manifest.ts'
import type { Producer } from '../core/producer.ts'
import { redacted, secrets } from '../guardrails/index.ts'
import { NOTHING } from '../kernel/money.ts'
import { type MaterialDeps, materialOf } from './material.ts'

const NAME = 'assurance/secret-scan'
const MOST_EXAMPLES = 10

export function createSecretScan(deps: MaterialDeps): Producer {
  return {
    name: NAME,
    checks: ['sec.secrets'],
    quote: async () => ({ calls: 0, costMicroUsd: NOTHING, minutes: 1 }),
    async run({ release, by, signal }) {
      let scanned = 0
      let found = 0
      const examples: string[] = []
      for await (const { place, text } of materialOf(release.manifest, deps, signal)) {
        scanned += 1
        for (const detection of secrets.find(text)) {
          found += 1
          if (examples.length < MOST_EXAMPLES) examples.push(`${place}: ${detection.kind} ${redacted(text, detection)}`)
        }
      }
      return [
        {
          application: release.application,
          release: release.id,
          check: 'sec.secrets',
          summary:
            found === 0
              ? `No secret in ${scanned} pieces of text: manifest, prompts, datasets and knowledge.`
              : `${found} secrets in ${scanned} pieces of text. First: ${examples[0]}.`,
          facts: {
            secrets: { value: found, n: scanned },
            scanned: { value: scanned },
            ...(examples.length > 0 && { places: { value: examples.join('; ') } }),
          },
          inputs: partsOf(release.manifest).filter(({ kind }) => kind === 'release'),
          producer: { name: NAME, version: '1' },
          trust: 'measured',
          by,
        },
      ]
    },
  }
}
