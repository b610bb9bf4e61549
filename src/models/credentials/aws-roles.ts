/**
 * Where a program on Amazon's machines finds its keys, as the SDKs' reference guide says (docs.aws.amazon.com/sdkref):
 * the environment, a web identity that is exchanged at STS, the shared file, the container's endpoint, the machine's own
 * (IMDSv2). `chain` asks in this order and takes the first that has something.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { messageOf } from '../../kernel/failure.ts'
import { Secret } from '../../kernel/secret.ts'
import type { Upstream } from '../upstream.ts'
import { textOf } from '../upstream.ts'
import type { Fetched } from './renewed.ts'
import { tokenFailed } from './token-exchange.ts'

export const AWS_SOURCES = ['chain', 'environment', 'web-identity', 'profile', 'container', 'instance'] as const
export type AwsSource = (typeof AWS_SOURCES)[number]

export type AwsDeps = {
  readonly environment: (name: string) => Secret | undefined
  readonly send: Upstream['send']
  readonly askMachine: Upstream['askMachine']
  readonly nowMs: () => number
}

/** Keys that do not run out are looked at again after this time, because a file may have changed. */
const LOOK_MS = 15 * 60_000

type Found = { accessKey: string; secret: string; session: string | undefined; until: string | undefined }
type Find = (deps: AwsDeps) => Promise<Found | undefined>

/** Throws `models.token-failed`. */
export async function fetchAwsKeys(source: AwsSource, deps: AwsDeps): Promise<Fetched> {
  const sources = source === 'chain' ? AWS_SOURCES.filter((one) => one !== 'chain') : [source]
  for (const one of sources) {
    const found = await FINDS[one](deps).catch((thrown) => {
      throw tokenFailed(`The ${one} of AWS`, thrown)
    })
    if (!found) continue
    const { accessKey, secret, session, until } = found
    return {
      secret: new Secret([accessKey, secret, ...(session ? [session] : [])].join(':')),
      untilMs: until === undefined ? deps.nowMs() + LOOK_MS : Date.parse(until),
    }
  }
  throw tokenFailed('AWS', new Error(`nothing was found in ${sources.join(', ')}`))
}

const FINDS: Readonly<Record<Exclude<AwsSource, 'chain'>, Find>> = {
  environment: async ({ environment }) => {
    const [accessKey, secret] = [environment('AWS_ACCESS_KEY_ID'), environment('AWS_SECRET_ACCESS_KEY')]
    if (!accessKey || !secret) return undefined
    const session = environment('AWS_SESSION_TOKEN')?.reveal()
    return { accessKey: accessKey.reveal(), secret: secret.reveal(), session, until: undefined }
  },
  'web-identity': findWebIdentity,
  profile: findProfile,
  container: findContainer,
  instance: findInstance,
}

async function findWebIdentity({ environment, send }: AwsDeps): Promise<Found | undefined> {
  const role = environment('AWS_ROLE_ARN')?.reveal()
  const file = environment('AWS_WEB_IDENTITY_TOKEN_FILE')?.reveal()
  if (!role || !file) return undefined
  const region = (environment('AWS_REGION') ?? environment('AWS_DEFAULT_REGION'))?.reveal()
  const base = environment('AWS_ENDPOINT_URL_STS')?.reveal() ?? `https://sts.${region ? `${region}.` : ''}amazonaws.com`
  const form = new URLSearchParams({
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: role,
    RoleSessionName: environment('AWS_ROLE_SESSION_NAME')?.reveal() ?? 'airworthy',
    WebIdentityToken: (await readFile(file, 'utf8')).trim(),
  })
  const signal = AbortSignal.timeout(15_000)
  const answer = await send({
    url: `${base.replace(/\/+$/, '')}/`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/xml' },
    body: form.toString(),
    signal,
  })
  const text = await textOf(answer, { host: new URL(base).host, signal, limit: 256 * 1024 })
  if (answer.status !== 200) throw new Error(`STS answered ${answer.status} ${inTag(text, 'Code') ?? ''}`)
  const [accessKey, secret] = [inTag(text, 'AccessKeyId'), inTag(text, 'SecretAccessKey')]
  if (!accessKey || !secret) throw new Error('STS answered without keys')
  return { accessKey, secret, session: inTag(text, 'SessionToken'), until: inTag(text, 'Expiration') }
}

/** Texts of STS hold no entities and no nested tags. */
const inTag = (xml: string, tag: string): string | undefined => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1]

async function findProfile({ environment }: AwsDeps): Promise<Found | undefined> {
  const home = environment('HOME')?.reveal()
  const file = environment('AWS_SHARED_CREDENTIALS_FILE')?.reveal() ?? (home && join(home, '.aws', 'credentials'))
  if (!file) return undefined
  const text = await readFile(file, 'utf8').catch(() => '')
  const profile = environment('AWS_PROFILE')?.reveal() ?? 'default'
  const values = sectionOf(text, profile)
  const [accessKey, secret] = [values.get('aws_access_key_id'), values.get('aws_secret_access_key')]
  if (!accessKey || !secret) return undefined
  return { accessKey, secret, session: values.get('aws_session_token'), until: undefined }
}

/** `[name]` and `key = value`; `#` and `;` begin a comment. */
function sectionOf(text: string, name: string): Map<string, string> {
  const values = new Map<string, string>()
  let isIn = false
  for (const line of text.split('\n').map((one) => one.trim())) {
    const section = /^\[\s*(?:profile\s+)?([^\]]+?)\s*\]$/.exec(line)?.[1]
    if (section !== undefined) isIn = section === name
    else if (isIn && !/^[#;]/.test(line)) {
      const at = line.indexOf('=')
      if (at > 0) values.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim())
    }
  }
  return values
}

const CONTAINER = 'http://169.254.170.2'
const INSTANCE = 'http://169.254.169.254'
const TOKEN_SECONDS = '21600'

const Keys = z.object({
  AccessKeyId: z.string().min(1),
  SecretAccessKey: z.string().min(1),
  Token: z.string().optional(),
  Expiration: z.string().optional(),
})

const foundIn = (text: string): Found => {
  const { AccessKeyId, SecretAccessKey, Token, Expiration } = Keys.parse(JSON.parse(text))
  return { accessKey: AccessKeyId, secret: SecretAccessKey, session: Token, until: Expiration }
}

async function findContainer({ environment, askMachine }: AwsDeps): Promise<Found | undefined> {
  const relative = environment('AWS_CONTAINER_CREDENTIALS_RELATIVE_URI')?.reveal()
  const full = environment('AWS_CONTAINER_CREDENTIALS_FULL_URI')?.reveal()
  const url = relative ? `${CONTAINER}/${relative.replace(/^\/+/, '')}` : full
  if (!url) return undefined
  const file = environment('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE')?.reveal()
  const token = file
    ? (await readFile(file, 'utf8')).trim()
    : environment('AWS_CONTAINER_AUTHORIZATION_TOKEN')?.reveal()
  return foundIn(await askMachine({ url, headers: token ? { authorization: token } : {} }))
}

async function findInstance({ environment, askMachine }: AwsDeps): Promise<Found | undefined> {
  if (environment('AWS_EC2_METADATA_DISABLED')?.reveal().toLowerCase() === 'true') return undefined
  const base = (environment('AWS_EC2_METADATA_SERVICE_ENDPOINT')?.reveal() ?? INSTANCE).replace(/\/+$/, '')
  const token = await askMachine({
    url: `${base}/latest/api/token`,
    method: 'PUT',
    headers: { 'x-aws-ec2-metadata-token-ttl-seconds': TOKEN_SECONDS },
  }).catch((thrown) => {
    throw new Error(`this machine has no metadata service (${messageOf(thrown)})`)
  })
  const headers = { 'x-aws-ec2-metadata-token': token }
  const place = `${base}/latest/meta-data/iam/security-credentials/`
  const [role = ''] = (await askMachine({ url: place, headers })).trim().split('\n')
  return foundIn(await askMachine({ url: `${place}${encodeURIComponent(role)}`, headers }))
}
