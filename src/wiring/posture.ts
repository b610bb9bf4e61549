/** What a look at the installation needs to know: from the settings, the disk, access and the registry of models. */
import { statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { type Access, PERMISSIONS } from '../access/index.ts'
import { type Config, isLoopback } from '../config.ts'
import type { Permission } from '../core/actor.ts'
import { EVERYWHERE } from '../kernel/reach.ts'
import type { Clock, Instant } from '../kernel/time.ts'
import { type PlaceMode, type PostureFacts, postureHttp } from '../posture/index.ts'

type Deps = {
  readonly clock: Clock
  readonly organisation: string
  readonly config: Config
  readonly access: Pick<Access, 'listKeys' | 'listActors' | 'people' | 'verifyAudit' | 'limits'>
  readonly telemetry: { readonly sealOlder: { state(): Promise<PostureFacts['sealing']> } }
  readonly registry: {
    posture(): Pick<PostureFacts, 'guardrailsOnModels' | 'advisories'>
  }
}

export const wirePosture = (deps: Deps) => ({ http: postureHttp(() => lookAt(deps)) })

/** Roles whose people decide what goes live. */
const DECIDING: readonly Permission[] = ['attest', 'waive', 'promote']

async function lookAt({ clock, organisation, config, access, telemetry, registry }: Deps): Promise<PostureFacts> {
  const { host, publicUrl, data, masterKey, secondFactor, proxyHops, evaluatorCode, retentionDays, collector } = config
  const isReachable = !isLoopback(host) || (publicUrl !== undefined && !isLoopback(new URL(publicUrl).hostname))
  const anchor = config.auditAnchor ?? join(data, 'audit-anchor')
  return {
    ...{ now: clock(), isReachable, secondFactor, proxyHops, evaluatorCode, retentionDays },
    hasPublicUrl: publicUrl !== undefined,
    transport: config.tls ? 'own' : publicUrl?.startsWith('https:') ? 'in-front' : 'none',
    userId: process.getuid?.(),
    folder: placeOf(data),
    secretFiles: ['owner-token', 'master.key'].map((name) => placeOf(join(data, name))),
    masterKeyIsFile: masterKey === undefined,
    approvers: await approversOf(access),
    privateAddresses: config.reach === EVERYWHERE ? 'allowed' : 'limited',
    audit: await access.verifyAudit().then(
      ({ kind }) => (kind === 'intact' ? 'intact' : 'broken'),
      () => 'unknown' as const,
    ),
    anchorIsInside: !relative(data, anchor).startsWith('..'),
    collector: collector && {
      withContent: collector.withContent,
      isEncrypted: collector.endpoint.startsWith('https:') || isLoopback(new URL(collector.endpoint).hostname),
    },
    sealing: await telemetry.sealOlder.state(),
    database: databaseOf(config.databaseUrl),
    keys: access
      .listKeys()
      .flatMap((key) =>
        key.isOwnerToken || key.revokedAt !== null || isOver(key.expiresAt, clock())
          ? []
          : [{ name: key.name, expires: key.expiresAt !== null, usedAt: key.lastUsedAt, createdAt: key.createdAt }],
      ),
    moneyIsCapped: access.limits.moneyCapOf({ application: null, key: null })?.name === organisation,
    ...registry.posture(),
  }
}

async function approversOf({ listActors, people }: Pick<Access, 'listActors' | 'people'>) {
  const deciding = listActors().filter(
    ({ kind, role, disabledAt }) =>
      kind === 'person' && disabledAt === null && DECIDING.some((one) => PERMISSIONS[role].has(one)),
  )
  const active = await Promise.all(deciding.map(({ id }) => people.secondFactor.isActive(id)))
  return { all: deciding.length, withSecondFactor: active.filter(Boolean).length }
}

function databaseOf(url: string | undefined): PostureFacts['database'] {
  if (url === undefined) return 'embedded'
  const { hostname, searchParams } = new URL(url)
  if (hostname === '' || isLoopback(hostname) || searchParams.get('host')?.startsWith('/')) return 'here'
  return /^(?:require|verify-ca|verify-full)$/.test(searchParams.get('sslmode') ?? '') ? 'encrypted' : 'open'
}

const isOver = (at: Instant | null, now: Instant): boolean => at !== null && at <= now

function placeOf(path: string): PlaceMode {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat ? { path, mode: stat.mode & 0o777 } : null
}
