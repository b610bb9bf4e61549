/**
 * What `deploy/` promises, read from the files: no container engine and no cluster is needed. The fields themselves were
 * held to the published schemas when they were written, see deploy/README.md.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { readConfig } from '../src/config.ts'
import { digestOfChart, RENDERED } from './render-chart.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const { version, dependencies } = z
  .object({ version: z.string(), dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')))

/** Long enough for the rules of the settings. */
const SECRETS = { POSTGRES_PASSWORD: 'not-a-real-password', AIRWORTHY_MASTER_KEY: 'not-a-real-key-but-long-enough' }

const instructions = read('deploy/Containerfile')
  .replaceAll(/\\\n\s*/g, ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => ({ verb: line.split(' ', 1)[0] ?? '', rest: line.slice(line.indexOf(' ') + 1) }))
const last = instructions.slice(instructions.findLastIndex(({ verb }) => verb === 'FROM'))
const restOf = (verb: string) => last.find((one) => one.verb === verb)?.rest ?? ''

test('the image stands on the Node of package.json by its full version', () => {
  const bases = instructions.filter(({ verb }) => verb === 'FROM').map(({ rest }) => rest.split(' ')[0])
  expect(new Set(bases)).toEqual(new Set([`docker.io/library/node:${dependencies.node}-trixie-slim`]))
})

test('the image runs as nobody in particular, keeps to one volume, and says by itself whether it is ready', () => {
  expect(restOf('USER')).toBe('10001:10001')
  expect(restOf('VOLUME')).toBe('/data')
  expect(restOf('HEALTHCHECK')).toContain('/readyz')
  expect(restOf('ENTRYPOINT')).toBe('["node", "bin/airworthy.js"]')
  expect(last.findIndex(({ verb }) => verb === 'USER')).toBeGreaterThan(
    last.findLastIndex(({ verb }) => verb === 'COPY'),
  )
})

test('the image holds no secret, and what it copies is there or made by an earlier stage', () => {
  expect(read('deploy/Containerfile')).not.toMatch(/TOKEN|MASTER_KEY|PASSWORD|SECRET/)
  const copied = instructions
    .filter(({ verb, rest }) => verb === 'COPY' && !rest.startsWith('--from'))
    .flatMap(({ rest }) => rest.split(' ').slice(0, -1))
  expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([])
  expect(read('.dockerignore').split('\n')).toContain('**/.env')
})

test('the settings of the image are ones that the program takes', () => {
  const settings = Object.fromEntries(
    [...restOf('ENV').matchAll(/(AIRWORTHY_\w+)=(\S+)/g)].map(([, name, text]) => [name, text]),
  )
  expect(readConfig(settings)).toMatchObject({ host: '0.0.0.0', port: 4400, data: '/data', secondFactor: true })
})

const Service = z.looseObject({
  image: z.string().regex(/:[^:]*\d/, 'an image is named with a version'),
  environment: z.record(z.string(), z.string()),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()),
  depends_on: z.record(z.string(), z.looseObject({})).default({}),
})
const Compose = z.strictObject({
  name: z.string(),
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.looseObject({})),
  'x-airworthy': z.unknown().optional(),
  'x-environment': z.unknown().optional(),
})

test.each([
  ['deploy/compose.yaml', ['api,gateway,worker']],
  ['deploy/compose.roles.yaml', ['api', 'gateway', 'worker']],
])(
  '%s: read-only, without privileges, reached from this machine alone, settings that the program takes',
  (file, roles) => {
    const { services, volumes } = Compose.parse(parse(read(file), { merge: true }))
    const ours = Object.values(services).filter(({ image }) => image === `airworthy:${version}`)
    const hardened = {
      user: '10001:10001',
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    }
    for (const service of ours) expect(service).toMatchObject(hardened)
    const configs = ours.map(({ environment }) => readConfig({ AIRWORTHY_HOST: '0.0.0.0', ...filledIn(environment) }))
    expect(configs.map((config) => [...config.roles].join(','))).toEqual(roles)
    expect(configs.every(({ databaseUrl, masterKey }) => databaseUrl !== undefined && masterKey !== undefined)).toBe(
      true,
    )
    const all = Object.values(services)
    expect(all.flatMap(({ ports }) => ports).filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
    expect(new Set(all.flatMap((one) => one.volumes.map((volume) => volume.split(':')[0])))).toEqual(
      new Set(Object.keys(volumes)),
    )
    expect(all.flatMap((one) => Object.keys(one.depends_on)).filter((name) => !(name in services))).toEqual([])
  },
)

test.each(['deploy/compose.yaml', 'deploy/compose.roles.yaml'])(
  '%s: a secret comes from outside, and its absence is told',
  (file) => {
    const secrets = read(file).match(/\$\{(POSTGRES_PASSWORD|AIRWORTHY_MASTER_KEY)[^}]*\}/g) ?? []
    expect(secrets.length).toBeGreaterThanOrEqual(3)
    expect(secrets.filter((text) => !text.includes(':?'))).toEqual([])
  },
)

const Container = z.looseObject({
  image: z.string(),
  env: z.array(z.object({ name: z.string(), value: z.string() })),
  securityContext: z.unknown(),
  readinessProbe: z.object({ httpGet: z.object({ path: z.string() }).loose() }).loose(),
  livenessProbe: z.object({ httpGet: z.object({ path: z.string() }).loose() }).loose(),
})
const Labels = z.record(z.string(), z.string())
const Deployment = z.object({
  kind: z.literal('Deployment'),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    selector: z.object({ matchLabels: Labels }),
    template: z.object({
      metadata: z.looseObject({ labels: Labels }),
      spec: z.looseObject({ securityContext: z.unknown(), containers: z.tuple([Container]) }),
    }),
  }),
})
const manifests: unknown[] = parseAllDocuments(read(RENDERED)).map((document) => document.toJS())
const deployments = manifests.flatMap((one) => {
  const parsed = Deployment.safeParse(one)
  return parsed.success ? [parsed.data] : []
})
const kinds = manifests.map((one) => z.looseObject({ kind: z.string() }).parse(one).kind)

test('the manifests are those of the chart as it is; `node tools/render-chart.ts` writes them anew', () => {
  expect(/^# Chart: (\w+)$/m.exec(read(RENDERED))?.[1]).toBe(digestOfChart(root))
  expect(kinds.sort()).toEqual(
    [
      ...['Deployment', 'Deployment', 'Deployment', 'HorizontalPodAutoscaler', 'NetworkPolicy'],
      ...['PersistentVolumeClaim', 'PodDisruptionBudget', 'Service', 'Service'],
    ].sort(),
  )
  const { appVersion } = z
    .looseObject({ appVersion: z.string() })
    .parse(parse(read('deploy/helm/airworthy/Chart.yaml')))
  expect(appVersion).toBe(version)
})

test('each pod runs one role, not as root, on a read-only file system, with probes that the program answers', () => {
  expect(deployments).toHaveLength(3)
  for (const { spec } of deployments) {
    const [container] = spec.template.spec.containers
    expect(spec.template.spec).toMatchObject({ automountServiceAccountToken: false })
    expect(spec.template.spec.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    })
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    expect([container.readinessProbe.httpGet.path, container.livenessProbe.httpGet.path]).toEqual([
      '/readyz',
      '/healthz',
    ])
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels)
    const settings = Object.fromEntries(container.env.map(({ name, value }) => [name, value]))
    const secrets = { ...SECRETS, POSTGRES_PASSWORD: undefined, AIRWORTHY_DATABASE_URL: 'postgresql://a@b/c' }
    expect([...readConfig({ ...settings, ...secrets }).roles]).toEqual([
      spec.selector.matchLabels['app.kubernetes.io/component'],
    ])
  }
})

test('the server, the SDK and the package are of one version', () => {
  expect(/^export const VERSION = '(.*)'$/m.exec(read('src/airworthy.ts'))?.[1]).toBe(version)
  expect(z.looseObject({ version: z.string() }).parse(JSON.parse(read('sdk/package.json'))).version).toBe(version)
})

test('no manifest holds a secret', () => {
  expect(read(RENDERED)).not.toMatch(/kind: Secret|MASTER_KEY|DATABASE_URL/)
})

/** As compose fills in `${NAME:?…}` and `${NAME:-default}`. */
function filledIn(environment: Readonly<Record<string, string>>): Record<string, string> {
  const known: Readonly<Record<string, string>> = SECRETS
  return Object.fromEntries(
    Object.entries(environment).map(([name, text]) => [
      name,
      text.replaceAll(/\$\{(\w+)(?::[?-]([^}]*))?\}/g, (_, asked: string, fallback = '') => known[asked] ?? fallback),
    ]),
  )
}
