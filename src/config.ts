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
const whole = (least: number, most: number) =>
  z.coerce.number(`use a whole number from ${least} to ${most}`).int().min(least).max(most)
const secret = z
  .string()
  .min(16, 'use at least 16 characters')
  .transform((text) => new Secret(text))

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
  /** Longest time that a browser stays signed in, in hours. */
  AIRWORTHY_SESSION_HOURS: whole(1, 720).default(12),
  /** How long it stays signed in without a request, in minutes. */
  AIRWORTHY_SESSION_IDLE_MINUTES: whole(1, 43_200).default(120),
  /** The file that holds how far the audit log went; `audit-anchor` in the data folder when not said. */
  AIRWORTHY_AUDIT_ANCHOR: z.string().min(1).optional(),
  /** 1 plays the example application, 0 starts empty. */
  AIRWORTHY_EXAMPLE: flag.default(true),
  /** For the CLI: the server to talk to, and the key. */
  AIRWORTHY_URL: z.url('use a URL').optional(),
  AIRWORTHY_TOKEN: secret.optional(),
} as const

export type Config = {
  readonly port: number
  readonly host: string
  readonly data: string
  readonly databaseUrl: string | undefined
  readonly ownerToken: Secret | undefined
  readonly masterKey: Secret | undefined
  readonly publicUrl: string | undefined
  readonly sessionHours: number
  readonly sessionIdleMinutes: number
  readonly auditAnchor: string | undefined
  readonly example: boolean
  readonly url: string | undefined
  readonly token: Secret | undefined
  /** A provider's key under its usual name, for example `OPENAI_API_KEY`. */
  readonly credential: (name: string) => Secret | undefined
  /** Names beside the usual ones under which `credential` may be asked for by a provider or a target. */
  readonly credentialNames: readonly string[]
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
    const shown = /TOKEN|KEY|DATABASE_URL/.test(name) ? '' : `, found "${text}"`
    problems.push({ field: name, message: `${name}: ${parsed.error.issues[0]?.message ?? 'cannot be used'}${shown}` })
    return undefined as z.output<(typeof SETTINGS)[Name]>
  }
  const config: Config = {
    port: value('AIRWORTHY_PORT'),
    host: value('AIRWORTHY_HOST'),
    data: resolve(value('AIRWORTHY_DATA') ?? '.'),
    databaseUrl: value('AIRWORTHY_DATABASE_URL'),
    ownerToken: value('AIRWORTHY_OWNER_TOKEN'),
    masterKey: value('AIRWORTHY_MASTER_KEY'),
    publicUrl: value('AIRWORTHY_PUBLIC_URL'),
    sessionHours: value('AIRWORTHY_SESSION_HOURS'),
    sessionIdleMinutes: value('AIRWORTHY_SESSION_IDLE_MINUTES'),
    auditAnchor: value('AIRWORTHY_AUDIT_ANCHOR'),
    example: value('AIRWORTHY_EXAMPLE'),
    url: value('AIRWORTHY_URL'),
    token: value('AIRWORTHY_TOKEN'),
    credential: (name) => (environment[name] ? new Secret(environment[name]) : undefined),
    credentialNames: value('AIRWORTHY_CREDENTIALS'),
    chromium: environment.AIRWORTHY_TEST_CHROMIUM,
    pages: environment.AIRWORTHY_TEST_PAGES !== '0',
  }
  if (problems.length > 0)
    throw new Failure(
      'invalid',
      'config.unusable',
      problems.map(({ message, remedy }) => (remedy ? `${message}. ${remedy}` : message)).join('\n'),
      { problems },
    )
  return config
}
