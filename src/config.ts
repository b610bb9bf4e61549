/**
 * The settings: the only place that reads the environment. Every setting has a default; a name that
 * is not known, or a value that cannot be used, stops the start with one line each.
 */
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { Role } from './core/actor.ts'
import { Failure, type Problem } from './kernel/failure.ts'
import { EVERYWHERE, type Reach, reachOf } from './kernel/reach.ts'
import { Secret } from './kernel/secret.ts'

const flag = z.enum(['0', '1'], 'use 1 or 0').transform((text) => text === '1')
const port = z.coerce
  .number('use a port number')
  .int('use a port number')
  .min(0, 'use a port from 0 to 65535')
  .max(65535, 'use a port from 0 to 65535')
const whole = (least: number, most: number) =>
  z.coerce.number(`use a whole number from ${least} to ${most}`).int().min(least).max(most)
const anySecret = z.string().transform((text) => new Secret(text))
const secret = z.string().min(16, 'use at least 16 characters').pipe(anySecret)
const roleMap = z.string().transform((text, context) =>
  text.split(',').flatMap((entry): [string, Role][] => {
    const [value = '', role] = entry.trim().split(/=(?=[^=]*$)/)
    const parsed = Role.safeParse(role)
    if (value !== '' && parsed.success) return [[value, parsed.data]]
    context.addIssue({
      code: 'custom',
      message: `use group=role pairs with commas; roles are ${Role.options.join(', ')}`,
    })
    return []
  }),
)

/** What a process does: the control API and pages, the model routes, jobs. */
const ROLES = ['api', 'gateway', 'worker'] as const
export type ProcessRole = (typeof ROLES)[number]
const roles = z
  .string()
  .transform((text) => text.split(',').map((word) => word.trim()))
  .pipe(z.array(z.enum(ROLES, `use one or several of ${ROLES.join(', ')}, with commas`)).min(1))
  .transform((words): ReadonlySet<ProcessRole> => new Set(words))

const SETTINGS = {
  /** Port of the one listener; 0 takes any free one. */
  AIRWORTHY_PORT: port.default(4400),
  /** Address that it listens on. Anything but a loopback address opens it to the network. */
  AIRWORTHY_HOST: z.string().min(1).default('127.0.0.1'),
  /** Data folder: database, blobs, spool, owner token, master key. */
  AIRWORTHY_DATA: z.string().min(1).default('./.airworthy'),
  /** The folder on this machine that holds weights of models; `weights` in the data folder when not said. */
  AIRWORTHY_WEIGHTS: z.string().min(1).optional(),
  /** PostgreSQL; without it the embedded database is used. */
  AIRWORTHY_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'use a URL that begins with postgresql://')
    .optional(),
  /** What this process does, with commas: `api`, `gateway`, `worker`. Fewer than all need PostgreSQL. */
  AIRWORTHY_ROLES: roles.default(new Set(ROLES)),
  /** The owner's key; without it one is made at the first start, printed once and kept in a 0600 file. */
  AIRWORTHY_OWNER_TOKEN: secret.optional(),
  /** Encrypts stored credentials and signs keys; without it one is made and kept in a 0600 file. */
  AIRWORTHY_MASTER_KEY: secret.optional(),
  /** For `airworthy rekey`, where the master key is a setting: the one that comes after it. */
  AIRWORTHY_NEW_MASTER_KEY: secret.optional(),
  /** Further variables of the environment that a provider or a target may name as its key, by commas. */
  AIRWORTHY_CREDENTIALS: z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(
      z.array(
        z
          .string()
          .regex(/^[A-Za-z_]\w*$/, 'write names of variables with commas between them')
          .regex(/^(?!AIRWORTHY_)/, 'a setting of this server is never sent out'),
      ),
    )
    .default([]),
  /** A folder of mounted secrets: its files may be named as keys of providers, and are read again when they change. */
  AIRWORTHY_SECRETS: z.string().min(1).optional(),
  /** Private addresses that providers, targets and webhooks may have: allow, refuse, or some with commas. `allow` by default on loopback alone. */
  AIRWORTHY_PRIVATE_ADDRESSES: z
    .string()
    .refine((text) => reachOf(text) !== undefined, 'use allow, refuse, or addresses such as 10.0.0.7,10.1.0.0/16')
    .optional(),
  /** The address that people use, when it is not the listener's own. */
  AIRWORTHY_PUBLIC_URL: z.url('use a URL').optional(),
  /** The organisation's own sign-on, OpenID Connect: its issuer, and what it knows this installation as. */
  AIRWORTHY_OIDC_ISSUER: z.url('use the URL of the issuer').optional(),
  AIRWORTHY_OIDC_CLIENT_ID: z.string().min(1).optional(),
  /** None for a public client. */
  AIRWORTHY_OIDC_CLIENT_SECRET: anySecret.optional(),
  /** What the button of the sign-in page says. */
  AIRWORTHY_OIDC_NAME: z.string().min(1).max(60).default('your organisation'),
  AIRWORTHY_OIDC_SCOPES: z
    .string()
    .regex(/\bopenid\b/, 'name openid among the scopes')
    .default('openid profile email'),
  /** The claim that says what somebody may do; dots lead inside, as in `realm_access.roles`. */
  AIRWORTHY_OIDC_ROLE_CLAIM: z.string().min(1).default('groups'),
  /** Which of its values gives which role, in this order: `ml-leads=owner,ml-team=builder`. */
  AIRWORTHY_OIDC_ROLES: roleMap.default([]),
  /** The role of whoever has none of these values; none refuses them. */
  AIRWORTHY_OIDC_DEFAULT_ROLE: Role.optional(),
  /** approvals: attesting, waiving and promoting take a code of an authenticator app. Off by default on loopback alone. */
  AIRWORTHY_SECOND_FACTOR: z.enum(['off', 'approvals'], 'use off or approvals').optional(),
  /** How many proxies of your own stand in front; their `X-Forwarded-For` is believed that far. */
  AIRWORTHY_PROXY_HOPS: whole(0, 10).default(0),
  /** Longest time that a browser stays signed in, in hours. */
  AIRWORTHY_SESSION_HOURS: whole(1, 720).default(12),
  /** How long it stays signed in without a request, in minutes. */
  AIRWORTHY_SESSION_IDLE_MINUTES: whole(1, 43_200).default(120),
  /** The file that holds how far the audit log went; `audit-anchor` in the data folder when not said. */
  AIRWORTHY_AUDIT_ANCHOR: z.string().min(1).optional(),
  /** Days after which traces and feedback go, where a blueprint does not say; none: they stay. */
  AIRWORTHY_RETENTION_DAYS: whole(1, 3650).optional(),
  /** How many days back-ups are kept: as long, a person's deletion is done again when an older one is restored. */
  AIRWORTHY_BACKUP_DAYS: whole(1, 3650).default(90),
  /** 1 plays the example application, 0 starts empty. */
  AIRWORTHY_EXAMPLE: flag.default(true),
  /** A collector that traces are sent on to over OTLP/HTTP: its base address, to which `/v1/traces` is added. */
  AIRWORTHY_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'use a URL that begins with http:// or https://' })
    .optional(),
  /** Headers for it, `name=value,name=value` with percent-encoded values, as `OTEL_EXPORTER_OTLP_HEADERS` has them. */
  AIRWORTHY_OTLP_HEADERS: z
    .string()
    .regex(/^\s*[\w-]+\s*=[^,]*(,\s*[\w-]+\s*=[^,]*)*$/, 'use name=value,name=value')
    .refine((text) => !/%(?![0-9a-f]{2})/i.test(text), 'write % as %25')
    .transform((text) => new Secret(text))
    .optional(),
  /** 1 sends what was asked and answered along; without it only names, numbers and times leave. */
  AIRWORTHY_OTLP_CONTENT: flag.default(false),
  /** For the CLI: the server to talk to, and the key. */
  AIRWORTHY_URL: z.url('use a URL').optional(),
  AIRWORTHY_TOKEN: secret.optional(),
} as const

export type Config = {
  readonly port: number
  readonly host: string
  readonly data: string
  readonly weights: string
  readonly databaseUrl: string | undefined
  readonly roles: ReadonlySet<ProcessRole>
  readonly ownerToken: Secret | undefined
  readonly masterKey: Secret | undefined
  readonly newMasterKey: Secret | undefined
  readonly reach: Reach
  readonly publicUrl: string | undefined
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
  readonly backupDays: number
  readonly example: boolean
  /** Where traces are sent on to; undefined for nowhere. */
  readonly collector:
    | { readonly endpoint: string; readonly headers: Secret | undefined; readonly withContent: boolean }
    | undefined
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
    const shown = /TOKEN|KEY|SECRET$|DATABASE_URL|OTLP/.test(name) ? '' : `, found "${text}"`
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
    databaseUrl: value('AIRWORTHY_DATABASE_URL'),
    roles: value('AIRWORTHY_ROLES') ?? new Set(ROLES),
    ownerToken: value('AIRWORTHY_OWNER_TOKEN'),
    masterKey: value('AIRWORTHY_MASTER_KEY'),
    newMasterKey: value('AIRWORTHY_NEW_MASTER_KEY'),
    reach: reachOf(value('AIRWORTHY_PRIVATE_ADDRESSES') ?? (isOnlyHere(value) ? 'allow' : 'refuse')) ?? EVERYWHERE,
    publicUrl: value('AIRWORTHY_PUBLIC_URL'),
    oidc: oidcOf(value, problems),
    secondFactor: (value('AIRWORTHY_SECOND_FACTOR') ?? (isOnlyHere(value) ? 'off' : 'approvals')) === 'approvals',
    proxyHops: value('AIRWORTHY_PROXY_HOPS'),
    sessionHours: value('AIRWORTHY_SESSION_HOURS'),
    sessionIdleMinutes: value('AIRWORTHY_SESSION_IDLE_MINUTES'),
    auditAnchor: value('AIRWORTHY_AUDIT_ANCHOR'),
    retentionDays: value('AIRWORTHY_RETENTION_DAYS'),
    backupDays: value('AIRWORTHY_BACKUP_DAYS'),
    example: value('AIRWORTHY_EXAMPLE'),
    collector: endpoint === undefined ? undefined : { endpoint, ...collector },
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

/** Whether nobody but this machine reaches the server. */
function isOnlyHere(value: Value): boolean {
  const publicUrl = value('AIRWORTHY_PUBLIC_URL')
  return LOOPBACK.test(value('AIRWORTHY_HOST')) && (!publicUrl || LOOPBACK.test(new URL(publicUrl).hostname))
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
