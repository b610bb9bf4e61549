/** Every setting by its name: what its text may be, its default, and what it becomes. */
import { z } from 'zod'
import { Role } from './core/actor.ts'
import { reachOf } from './kernel/reach.ts'
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
export const ROLES = ['api', 'gateway', 'worker'] as const
export type ProcessRole = (typeof ROLES)[number]
const roles = z
  .string()
  .transform((text) => text.split(',').map((word) => word.trim()))
  .pipe(z.array(z.enum(ROLES, `use one or several of ${ROLES.join(', ')}, with commas`)).min(1))
  .transform((words): ReadonlySet<ProcessRole> => new Set(words))

export const SETTINGS = {
  /** Port of the one listener; 0 takes any free one. */
  AIRWORTHY_PORT: port.default(4400),
  /** Address that it listens on. Anything but a loopback address opens it to the network. */
  AIRWORTHY_HOST: z.string().min(1).default('127.0.0.1'),
  /** Data folder: database, blobs, spool, owner token, master key. */
  AIRWORTHY_DATA: z.string().min(1).default('./.airworthy'),
  /** The folder on this machine that holds weights of models; `weights` in the data folder when not said. */
  AIRWORTHY_WEIGHTS: z.string().min(1).optional(),
  /** 0 asks models in use no sentinel questions; their providers' lists are read all the same. */
  AIRWORTHY_PROBES: flag.default(true),
  /** 1 lets suites run code of their own (evaluators `code`, `code-tests`), with the rights of this process. */
  AIRWORTHY_EVALUATOR_CODE: flag.default(false),
  /** PostgreSQL; without it the embedded database is used. */
  AIRWORTHY_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'use a URL that begins with postgresql://')
    .optional(),
  /** What this process does, with commas: `api`, `gateway`, `worker`. Fewer than all need PostgreSQL. */
  AIRWORTHY_ROLES: roles.default(new Set(ROLES)),
  /** How many processes answer the model routes behind the port, beside the one with everything else; 0: that one does. */
  AIRWORTHY_GATEWAY_WORKERS: whole(0, 64).default(0),
  /** Requests under way that one process of the gateway is to bear, for autoscalers; it refuses none beyond it. */
  AIRWORTHY_GATEWAY_CAPACITY: whole(1, 100_000).default(1_000),
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
  /** The port speaks TLS itself: files of the certificate (with those between it and its root) and of its key, in PEM. Read anew when they change. */
  AIRWORTHY_TLS_CERT: z.string().min(1).optional(),
  AIRWORTHY_TLS_KEY: z.string().min(1).optional(),
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
  /** 1 seals what was asked and answered wherever traces lie: in the database, in the spool, in back-ups. */
  AIRWORTHY_SEAL_TRACES: flag.default(false),
  /** How many days back-ups are kept: as long, a person's deletion is done again when an older one is restored. */
  AIRWORTHY_BACKUP_DAYS: whole(1, 3650).default(90),
  /** The language of pages and plans for whoever asks for none that is here, such as `de`; English where not said. */
  AIRWORTHY_LANGUAGE: z
    .string()
    .regex(/^[a-z]{2,3}$/, 'use the short name of a language, such as de')
    .optional(),
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
  /** Where mail to people is handed in: `smtps://user:password@host:465`, or `smtp://host:587` with STARTTLS. */
  AIRWORTHY_SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      error: 'use smtps://user:password@host:465 or smtp://…, with % and @ in a password as %25 and %40',
    })
    .pipe(anySecret)
    .optional(),
  /** Who it is from. */
  AIRWORTHY_MAIL_FROM: z.email('use an e-mail address').optional(),
  /** For the CLI: the server to talk to, and the key. */
  AIRWORTHY_URL: z.url('use a URL').optional(),
  AIRWORTHY_TOKEN: secret.optional(),
} as const
