/**
 * The settings: the only place that reads the environment. Every setting has a default; a name that
 * is not known, or a value that cannot be used, stops the start with one line each.
 */
import { resolve } from 'node:path'
import { z } from 'zod'
import { Failure, type Problem } from './kernel/failure.ts'
import { Secret } from './kernel/secret.ts'

const flag = z.enum(['0', '1'], 'use 1 or 0').transform((text) => text === '1')
const port = z.coerce
  .number('use a port number')
  .int('use a port number')
  .min(0, 'use a port from 0 to 65535')
  .max(65535, 'use a port from 0 to 65535')
const secret = z
  .string()
  .min(16, 'use at least 16 characters')
  .transform((text) => new Secret(text))

/** What a process does: the control API and pages, the model routes, jobs. */
const ROLES = ['api', 'gateway', 'worker'] as const
export type Role = (typeof ROLES)[number]
const roles = z
  .string()
  .transform((text) => text.split(',').map((word) => word.trim()))
  .pipe(z.array(z.enum(ROLES, `use one or several of ${ROLES.join(', ')}, with commas`)).min(1))
  .transform((words): ReadonlySet<Role> => new Set(words))

const SETTINGS = {
  /** Port of the one listener; 0 takes any free one. */
  AIRWORTHY_PORT: port.default(4400),
  /** Address that it listens on. Anything but a loopback address opens it to the network. */
  AIRWORTHY_HOST: z.string().min(1).default('127.0.0.1'),
  /** Data folder: database, blobs, spool, owner token, master key. */
  AIRWORTHY_DATA: z.string().min(1).default('./.airworthy'),
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
  /** The address that people use, when it is not the listener's own. */
  AIRWORTHY_PUBLIC_URL: z.url('use a URL').optional(),
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
  readonly databaseUrl: string | undefined
  readonly roles: ReadonlySet<Role>
  readonly ownerToken: Secret | undefined
  readonly masterKey: Secret | undefined
  readonly publicUrl: string | undefined
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
  /** The engine that tests run on; anything but `postgres` is the embedded one. */
  readonly testEngine: 'embedded' | 'postgres'
  /** How many seeds tests of faults try; undefined: the few that are quick. */
  readonly testSeeds: number | undefined
  /** The browser that browser tests use. */
  readonly chromium: string | undefined
  /** False in tests that show no pages, which then are not built. */
  readonly pages: boolean
}

export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const problems: Problem[] = []
  for (const name of Object.keys(environment))
    if (name.startsWith('AIRWORTHY_') && !name.startsWith('AIRWORTHY_TEST_') && !(name in SETTINGS))
      problems.push({
        field: name,
        message: `there is no setting ${name}`,
        remedy: `The settings are ${Object.keys(SETTINGS).join(', ')}.`,
      })
  const value = <Name extends keyof typeof SETTINGS>(name: Name): z.output<(typeof SETTINGS)[Name]> => {
    const text = environment[name]
    const parsed = SETTINGS[name].safeParse(text === '' ? undefined : text)
    if (parsed.success) return parsed.data as z.output<(typeof SETTINGS)[Name]>
    const shown = /TOKEN|KEY|DATABASE_URL|OTLP/.test(name) ? '' : `, found "${text}"`
    problems.push({ field: name, message: `${name}: ${parsed.error.issues[0]?.message ?? 'cannot be used'}${shown}` })
    return undefined as z.output<(typeof SETTINGS)[Name]>
  }
  const endpoint = value('AIRWORTHY_OTLP_ENDPOINT')
  const collector = { headers: value('AIRWORTHY_OTLP_HEADERS'), withContent: value('AIRWORTHY_OTLP_CONTENT') }
  const config: Config = {
    port: value('AIRWORTHY_PORT'),
    host: value('AIRWORTHY_HOST'),
    data: resolve(value('AIRWORTHY_DATA') ?? '.'),
    databaseUrl: value('AIRWORTHY_DATABASE_URL'),
    roles: value('AIRWORTHY_ROLES') ?? new Set(ROLES),
    ownerToken: value('AIRWORTHY_OWNER_TOKEN'),
    masterKey: value('AIRWORTHY_MASTER_KEY'),
    publicUrl: value('AIRWORTHY_PUBLIC_URL'),
    example: value('AIRWORTHY_EXAMPLE'),
    collector: endpoint === undefined ? undefined : { endpoint, ...collector },
    url: value('AIRWORTHY_URL'),
    token: value('AIRWORTHY_TOKEN'),
    credential: (name) => (environment[name] ? new Secret(environment[name]) : undefined),
    credentialNames: value('AIRWORTHY_CREDENTIALS'),
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

/** Separate processes share a database and a key, or they do not know each other. */
function problemsOfRoles({ roles, databaseUrl, masterKey }: Config): Problem[] {
  const found = `AIRWORTHY_ROLES is ${[...roles].join(',')}`
  return [
    ...(databaseUrl
      ? []
      : [
          {
            field: 'AIRWORTHY_ROLES',
            message: `${found}, and the embedded database belongs to one process`,
            remedy: 'Set AIRWORTHY_DATABASE_URL, or leave AIRWORTHY_ROLES out.',
          },
        ]),
    ...(masterKey
      ? []
      : [
          {
            field: 'AIRWORTHY_MASTER_KEY',
            message: `${found}, and each process would make a master key of its own`,
            remedy: 'Set AIRWORTHY_MASTER_KEY to the same text for all processes.',
          },
        ]),
  ]
}
