/**
 * The settings: the only place that reads the environment. Every setting has a default; a name that
 * is not known, or a value that cannot be used, stops the start with one line each.
 */
import { join, resolve } from 'node:path'
import type { z } from 'zod'
import type { Role } from './core/actor.ts'
import { Failure, type Problem } from './kernel/failure.ts'
import { EVERYWHERE, type Reach, reachOf } from './kernel/reach.ts'
import { Secret } from './kernel/secret.ts'
import { type ProcessRole, ROLES, SETTINGS } from './settings.ts'

export type { ProcessRole }

export type Config = {
  readonly port: number
  readonly host: string
  readonly data: string
  readonly weights: string
  readonly probes: boolean
  readonly evaluatorCode: boolean
  readonly databaseUrl: string | undefined
  readonly roles: ReadonlySet<ProcessRole>
  readonly gatewayWorkers: number
  readonly gatewayCapacity: number
  readonly ownerToken: Secret | undefined
  readonly masterKey: Secret | undefined
  readonly newMasterKey: Secret | undefined
  readonly reach: Reach
  readonly publicUrl: string | undefined
  /** The files of the certificate and its key, where the port speaks TLS itself. */
  readonly tls: { readonly certificate: string; readonly key: string } | undefined
  readonly oidc:
    | {
        readonly issuer: string
        readonly clientId: string
        readonly clientSecret: Secret | undefined
        readonly name: string
        readonly scopes: string
        readonly roleClaim: string
        readonly roles: readonly (readonly [value: string, role: Role])[]
        readonly defaultRole: Role | undefined
      }
    | undefined
  /** Whether attesting, waiving and promoting take a second factor. */
  readonly secondFactor: boolean
  readonly proxyHops: number
  readonly sessionHours: number
  readonly sessionIdleMinutes: number
  readonly auditAnchor: string | undefined
  readonly retentionDays: number | undefined
  readonly sealTraces: boolean
  readonly backupDays: number
  /** Spoken to whoever asks for no language that is here. */
  readonly language: string | undefined
  readonly example: boolean
  /** Where traces are sent on to; undefined for nowhere. */
  readonly collector:
    | { readonly endpoint: string; readonly headers: Secret | undefined; readonly withContent: boolean }
    | undefined
  /** Where mail to people is handed in, and who it is from; undefined for none. */
  readonly mail: { readonly server: Secret; readonly from: string } | undefined
  readonly url: string | undefined
  readonly token: Secret | undefined
  /** A provider's key under its usual name, for example `OPENAI_API_KEY`. */
  readonly credential: (name: string) => Secret | undefined
  /** Names beside the usual ones under which `credential` may be asked for by a provider or a target. */
  readonly credentialNames: readonly string[]
  readonly secretsFolder: string | undefined
  /** The engine that tests run on; anything but `postgres` is the embedded one. */
  readonly testEngine: 'embedded' | 'postgres'
  /** How many seeds tests of faults try; undefined: the few that are quick. */
  readonly testSeeds: number | undefined
  /** The browser that browser tests use. */
  readonly chromium: string | undefined
  /** False in tests that show no pages, which then are not built. */
  readonly pages: boolean
}

/** One setting, parsed; what cannot be used is a problem, and undefined. */
type Value = <Name extends keyof typeof SETTINGS>(name: Name) => z.output<(typeof SETTINGS)[Name]>

export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const problems: Problem[] = []
  for (const name of Object.keys(environment))
    if (name.startsWith('AIRWORTHY_') && !name.startsWith('AIRWORTHY_TEST_') && !(name in SETTINGS))
      problems.push({
        field: name,
        message: `there is no setting ${name}`,
        remedy: `The settings are ${Object.keys(SETTINGS).join(', ')}.`,
      })
  const value: Value = (name) => {
    const text = environment[name]
    const parsed = SETTINGS[name].safeParse(text === '' ? undefined : text)
    if (parsed.success) return parsed.data as never
    const shown = /TOKEN|KEY|SECRET$|DATABASE_URL|SMTP_URL|OTLP/.test(name) ? '' : `, found "${text}"`
    problems.push({ field: name, message: `${name}: ${parsed.error.issues[0]?.message ?? 'cannot be used'}${shown}` })
    return undefined as never
  }
  const endpoint = value('AIRWORTHY_OTLP_ENDPOINT')
  const collector = { headers: value('AIRWORTHY_OTLP_HEADERS'), withContent: value('AIRWORTHY_OTLP_CONTENT') }
  const config: Config = {
    port: value('AIRWORTHY_PORT'),
    host: value('AIRWORTHY_HOST'),
    data: resolve(value('AIRWORTHY_DATA') ?? '.'),
    weights: resolve(value('AIRWORTHY_WEIGHTS') ?? join(value('AIRWORTHY_DATA') ?? '.', 'weights')),
    probes: value('AIRWORTHY_PROBES'),
    evaluatorCode: value('AIRWORTHY_EVALUATOR_CODE'),
    sealTraces: value('AIRWORTHY_SEAL_TRACES'),
    databaseUrl: value('AIRWORTHY_DATABASE_URL'),
    roles: value('AIRWORTHY_ROLES') ?? new Set(ROLES),
    gatewayWorkers: value('AIRWORTHY_GATEWAY_WORKERS'),
    gatewayCapacity: value('AIRWORTHY_GATEWAY_CAPACITY'),
    ownerToken: value('AIRWORTHY_OWNER_TOKEN'),
    masterKey: value('AIRWORTHY_MASTER_KEY'),
    newMasterKey: value('AIRWORTHY_NEW_MASTER_KEY'),
    reach: reachOf(value('AIRWORTHY_PRIVATE_ADDRESSES') ?? (isOnlyHere(value) ? 'allow' : 'refuse')) ?? EVERYWHERE,
    publicUrl: value('AIRWORTHY_PUBLIC_URL'),
    tls: tlsOf(value, problems),
    oidc: oidcOf(value, problems),
    secondFactor: (value('AIRWORTHY_SECOND_FACTOR') ?? (isOnlyHere(value) ? 'off' : 'approvals')) === 'approvals',
    proxyHops: value('AIRWORTHY_PROXY_HOPS'),
    sessionHours: value('AIRWORTHY_SESSION_HOURS'),
    sessionIdleMinutes: value('AIRWORTHY_SESSION_IDLE_MINUTES'),
    auditAnchor: value('AIRWORTHY_AUDIT_ANCHOR'),
    retentionDays: value('AIRWORTHY_RETENTION_DAYS'),
    backupDays: value('AIRWORTHY_BACKUP_DAYS'),
    language: value('AIRWORTHY_LANGUAGE'),
    example: value('AIRWORTHY_EXAMPLE'),
    collector: endpoint === undefined ? undefined : { endpoint, ...collector },
    mail: mailOf(value, problems),
    url: value('AIRWORTHY_URL'),
    token: value('AIRWORTHY_TOKEN'),
    credential: (name) => (environment[name]?.trim() ? new Secret(environment[name].trim()) : undefined),
    credentialNames: value('AIRWORTHY_CREDENTIALS'),
    secretsFolder: value('AIRWORTHY_SECRETS') && resolve(value('AIRWORTHY_SECRETS') ?? ''),
    testEngine: environment.AIRWORTHY_TEST_ENGINE === 'postgres' ? 'postgres' : 'embedded',
    testSeeds: environment.AIRWORTHY_TEST_SEEDS ? Number(environment.AIRWORTHY_TEST_SEEDS) : undefined,
    chromium: environment.AIRWORTHY_TEST_CHROMIUM,
    pages: environment.AIRWORTHY_TEST_PAGES !== '0',
  }
  if (config.roles.size < ROLES.length) problems.push(...problemsOfRoles(config))
  if (problems.length > 0)
    throw new Failure(
      'invalid',
      'config.unusable',
      problems.map(({ message, remedy }) => (remedy ? `${message}. ${remedy}` : message)).join('\n'),
      { problems },
    )
  return config
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/
/** Whether a name or an address is this machine's own, and nobody else's. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host)

/** Whether nobody but this machine reaches the server. */
function isOnlyHere(value: Value): boolean {
  const publicUrl = value('AIRWORTHY_PUBLIC_URL')
  return isLoopback(value('AIRWORTHY_HOST')) && (!publicUrl || isLoopback(new URL(publicUrl).hostname))
}

/** One without the other is a slip, and plain HTTP would be a bad surprise. */
function tlsOf(value: Value, problems: Problem[]): Config['tls'] {
  const [certificate, key] = [value('AIRWORTHY_TLS_CERT'), value('AIRWORTHY_TLS_KEY')]
  if (certificate && key) return { certificate: resolve(certificate), key: resolve(key) }
  const [missing, given] = certificate
    ? ['AIRWORTHY_TLS_KEY', 'AIRWORTHY_TLS_CERT']
    : ['AIRWORTHY_TLS_CERT', 'AIRWORTHY_TLS_KEY']
  if (certificate || key)
    problems.push({ field: missing, message: `${missing} is missing`, remedy: `Set it, or leave ${given} out.` })
  return undefined
}

/** The sign-on is set up whole or not at all; half of it would be found out by whoever cannot sign in. */
function oidcOf(value: Value, problems: Problem[]): Config['oidc'] {
  const [issuer, clientId] = [value('AIRWORTHY_OIDC_ISSUER'), value('AIRWORTHY_OIDC_CLIENT_ID')]
  const [roles, defaultRole] = [value('AIRWORTHY_OIDC_ROLES'), value('AIRWORTHY_OIDC_DEFAULT_ROLE')]
  if (issuer === undefined && clientId === undefined) return undefined
  const complain = (field: string, message: string) => problems.push({ field, message: `${field}: ${message}` })
  if (issuer === undefined) complain('AIRWORTHY_OIDC_ISSUER', 'is needed together with AIRWORTHY_OIDC_CLIENT_ID')
  else if (!issuer.startsWith('https://') && !LOOPBACK.test(new URL(issuer).hostname))
    complain('AIRWORTHY_OIDC_ISSUER', 'use an address that begins with https://')
  if (clientId === undefined) complain('AIRWORTHY_OIDC_CLIENT_ID', 'is needed together with AIRWORTHY_OIDC_ISSUER')
  if (roles?.length === 0 && defaultRole === undefined)
    complain('AIRWORTHY_OIDC_ROLES', 'nobody would get a role; name some, or an AIRWORTHY_OIDC_DEFAULT_ROLE')
  if (issuer === undefined || clientId === undefined) return undefined
  return {
    issuer,
    clientId,
    clientSecret: value('AIRWORTHY_OIDC_CLIENT_SECRET'),
    name: value('AIRWORTHY_OIDC_NAME'),
    scopes: value('AIRWORTHY_OIDC_SCOPES'),
    roleClaim: value('AIRWORTHY_OIDC_ROLE_CLAIM'),
    roles,
    defaultRole,
  }
}

/** A server and who mail is from, or neither. */
function mailOf(value: Value, problems: Problem[]): Config['mail'] {
  const [server, from] = [value('AIRWORTHY_SMTP_URL'), value('AIRWORTHY_MAIL_FROM')]
  if (server && from !== undefined) return { server, from }
  const field = server ? 'AIRWORTHY_MAIL_FROM' : 'AIRWORTHY_SMTP_URL'
  const other = server ? 'AIRWORTHY_SMTP_URL' : 'AIRWORTHY_MAIL_FROM'
  if (server || from !== undefined) problems.push({ field, message: `${field}: is needed together with ${other}` })
  return undefined
}

/** Separate processes share a database and a key, or they do not know each other. */
function problemsOfRoles({ roles, databaseUrl, masterKey }: Config): Problem[] {
  const found = `AIRWORTHY_ROLES is ${[...roles].join(',')}`
  const field = 'AIRWORTHY_ROLES'
  const alone = `${found}, and the embedded database belongs to one process`
  const strange = `${found}, and each process would make a master key of its own`
  const leave = 'Set AIRWORTHY_DATABASE_URL, or leave AIRWORTHY_ROLES out.'
  const share = 'Set AIRWORTHY_MASTER_KEY to the same text for all processes.'
  return [
    ...(databaseUrl ? [] : [{ field, message: alone, remedy: leave }]),
    ...(masterKey ? [] : [{ field, message: strange, remedy: share }]),
  ]
}
