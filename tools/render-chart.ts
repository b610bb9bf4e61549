/**
 * Writes `deploy/kubernetes.yaml`: what the chart makes with its defaults, for those without Helm and for the test that
 * reads it. `node tools/render-chart.ts [path of helm]`; without a path, the `helm` of the machine.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
export const CHART = 'deploy/helm/airworthy'
export const RENDERED = 'deploy/kubernetes.yaml'

/** Of all files of the chart; the rendered manifests name it, so that nobody forgets to render them anew. */
export function digestOfChart(root = ROOT): string {
  const hash = createHash('sha256')
  for (const path of globSync('**/*.*', { cwd: join(root, CHART) }).sort())
    hash.update(path).update(readFileSync(join(root, CHART, path)))
  return hash.digest('hex')
}

if (import.meta.main) {
  const words = ['template', 'airworthy', CHART, '--namespace', 'airworthy', '--set', 'secret.existing=airworthy']
  const manifests = execFileSync(process.argv[2] ?? 'helm', words, { cwd: ROOT, encoding: 'utf8' })
  const head = [
    '# Written by tools/render-chart.ts; do not edit. What the chart makes with its defaults, in the namespace airworthy,',
    '# with a Secret of the name airworthy that you make first: see deploy/README.md.',
    `# Chart: ${digestOfChart()}`,
  ]
  writeFileSync(join(ROOT, RENDERED), `${head.join('\n')}\n${manifests}`)
}
