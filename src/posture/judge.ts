/** What is made of the facts: one finding for each thing that can be set up well or badly. Pure. */

import { DAY, epochMs } from '../kernel/time.ts'
import type { Posture, PostureFinding, PostureVerdict } from './contract.ts'
import type { PlaceMode, PostureFacts } from './facts.ts'

type Said = readonly [verdict: PostureVerdict, found: string, remedy?: string]
type Look = { readonly id: string; readonly title: string; readonly look: (facts: PostureFacts) => Said }

export function judgePosture(facts: PostureFacts): Posture {
  const findings = LOOKS.map(({ id, title, look }): PostureFinding => {
    const [verdict, found, remedy = null] = look(facts)
    return { id, title, verdict, found, remedy }
  })
  const has = (verdict: PostureVerdict) => findings.some((one) => one.verdict === verdict)
  return { verdict: has('weak') ? 'weak' : has('unknown') ? 'unknown' : 'sound', at: facts.now, findings }
}

/** A key that nobody used for so long is forgotten. */
const FORGOTTEN_DAYS = 90
/** Advisories that are older say little of what is known today. */
const STALE_DAYS = 30

const LOOKS: readonly Look[] = [
  {
    id: 'transport',
    title: 'Nobody on the way can read along',
    look({ isReachable, transport, hasPublicUrl }) {
      if (transport === 'own' && !hasPublicUrl)
        return [
          'note',
          'The port speaks TLS, and nobody says under which name: probes and load runs ask it by its number, which a certificate seldom has.',
          'Say the address of the certificate in AIRWORTHY_PUBLIC_URL.',
        ]
      if (!isReachable) return ['sound', 'Only this machine reaches the port.']
      if (transport === 'own') return ['sound', 'The port speaks TLS.']
      if (transport === 'in-front')
        return ['sound', 'The public address is https, so that a proxy in front speaks TLS.']
      return [
        'weak',
        'Others can reach the port, and it speaks plain HTTP: keys, questions and answers can be read on the way.',
        'Set AIRWORTHY_TLS_CERT and AIRWORTHY_TLS_KEY, or put a proxy with TLS in front and say its address in AIRWORTHY_PUBLIC_URL.',
      ]
    },
  },
  {
    id: 'proxy',
    title: 'Who asks is known by their own address',
    look: ({ transport, proxyHops, isReachable }) =>
      isReachable && transport === 'in-front' && proxyHops === 0
        ? [
            'note',
            'A proxy seems to stand in front, and no hop is believed: everybody has its address, and one who guesses passwords locks others out.',
            'Say how many proxies of yours stand in front in AIRWORTHY_PROXY_HOPS.',
          ]
        : ['sound', `${proxyHops} proxies in front are believed.`],
  },
  {
    id: 'user',
    title: 'The program has few rights',
    look: ({ userId }) =>
      userId === 0
        ? ['note', 'It runs as root, so that a fault in it is a fault of the machine.', 'Run it as a user of its own.']
        : ['sound', 'It does not run as root.'],
  },
  {
    id: 'data-folder',
    title: 'Nobody else looks into the data folder',
    look: ({ folder }) =>
      folder && (folder.mode & 0o007) !== 0
        ? ['weak', `Everybody on this machine can look into ${folder.path}.`, `Run: chmod 700 ${folder.path}`]
        : ['sound', 'Other users of this machine cannot look into it.'],
  },
  {
    id: 'secret-files',
    title: 'Files with a secret are private',
    look({ secretFiles }) {
      const open = secretFiles.filter(
        (file): file is NonNullable<PlaceMode> => file !== null && (file.mode & 0o077) !== 0,
      )
      const paths = open.map(({ path }) => path).join(' ')
      return open.length > 0
        ? ['weak', `Others can read ${paths}.`, `Run: chmod 600 ${paths}`]
        : ['sound', 'Only their owner can read them.']
    },
  },
  {
    id: 'master-key',
    title: 'The master key lies apart from what it seals',
    look: ({ masterKeyIsFile }) =>
      masterKeyIsFile
        ? [
            'note',
            'It lies in the data folder: whoever copies the folder has what is sealed and its key.',
            'Where that matters, give it in AIRWORTHY_MASTER_KEY from a store of secrets, and run `airworthy rekey`.',
          ]
        : ['sound', 'It comes from the settings.'],
  },
  {
    id: 'second-factor',
    title: 'Decisions take a second factor',
    look({ isReachable, secondFactor, approvers: { all, withSecondFactor } }) {
      if (secondFactor)
        return withSecondFactor < all
          ? [
              'note',
              `Attesting, waiving and promoting take a code; ${all - withSecondFactor} of ${all} people who may do so have no app yet.`,
              'They set one up under Settings, You.',
            ]
          : ['sound', 'Attesting, waiving and promoting take a code of an authenticator app.']
      return isReachable
        ? [
            'weak',
            'Others can reach the port, and a password alone lets a release go live.',
            'Set AIRWORTHY_SECOND_FACTOR=approvals.',
          ]
        : ['sound', 'Not asked for, because only this machine reaches the port.']
    },
  },
  {
    id: 'keys',
    title: 'Keys end, or are used',
    look({ keys, now }) {
      const since = epochMs(now) - FORGOTTEN_DAYS * DAY
      const forgotten = keys.filter(({ usedAt, createdAt }) => epochMs(usedAt ?? createdAt) < since)
      if (forgotten.length > 0)
        return [
          'weak',
          `${named(forgotten)} ${forgotten.length === 1 ? 'was' : 'were'} not used for ${FORGOTTEN_DAYS} days and still work${forgotten.length === 1 ? 's' : ''}.`,
          'Revoke them: `airworthy keys revoke`.',
        ]
      const endless = keys.filter(({ expires }) => !expires)
      return endless.length > 0
        ? [
            'note',
            `${named(endless)} never end${endless.length === 1 ? 's' : ''}.`,
            'Give new ones an end: `airworthy keys create --expires 90d`.',
          ]
        : ['sound', keys.length === 0 ? 'There is no key but the owner’s.' : 'Every key has an end.']
    },
  },
  {
    id: 'money',
    title: 'Spending has an end',
    look: ({ moneyIsCapped }) =>
      moneyIsCapped
        ? ['sound', 'A cap on money holds for the whole installation.']
        : [
            'note',
            'No cap on money holds for the whole installation; applications and keys have their own.',
            'Set one under Settings, Keys and caps.',
          ],
  },
  {
    id: 'reach',
    title: 'It cannot be sent into your network',
    look({ isReachable, privateAddresses }) {
      if (privateAddresses === 'limited')
        return ['sound', 'No private address is reached but those that the settings name.']
      return isReachable
        ? [
            'weak',
            'Whoever may name a provider or a webhook can have it ask any machine of your network.',
            'Set AIRWORTHY_PRIVATE_ADDRESSES to refuse, or to the addresses that it needs.',
          ]
        : ['sound', 'Private addresses are reached, because only this machine reaches the port.']
    },
  },
  {
    id: 'foreign-code',
    title: 'Nobody’s code runs here',
    look: ({ evaluatorCode, isReachable }) =>
      evaluatorCode
        ? [
            isReachable ? 'weak' : 'note',
            'Suites may run code of their own, with the rights of this program.',
            'Leave AIRWORTHY_EVALUATOR_CODE out, or run such suites in a container.',
          ]
        : ['sound', 'Suites run no code of their own.'],
  },
  {
    id: 'audit-log',
    title: 'What was changed can be shown',
    look: ({ audit, anchorIsInside }) =>
      audit === 'broken'
        ? [
            'weak',
            'The chain of the audit log is broken: entries were changed or taken out.',
            'Run `airworthy audit verify`, and see who had the database.',
          ]
        : audit === 'unknown'
          ? ['unknown', 'The audit log could not be verified.', 'Run `airworthy audit verify`.']
          : anchorIsInside
            ? [
                'note',
                'Its chain is intact; its anchor lies beside the data, so that whoever may write there can cut both.',
                'Put the anchor elsewhere with AIRWORTHY_AUDIT_ANCHOR.',
              ]
            : ['sound', 'Its chain is intact, and its anchor lies apart.'],
  },
  {
    id: 'database',
    title: 'The database is reached in private',
    look: ({ database }) =>
      database === 'open'
        ? [
            'weak',
            'PostgreSQL is on another machine, and the connection is not encrypted.',
            'Add sslmode=verify-full to AIRWORTHY_DATABASE_URL.',
          ]
        : ['sound', DATABASES[database]],
  },
  {
    id: 'collector',
    title: 'Traces that leave are protected',
    look({ collector }) {
      if (!collector) return ['sound', 'No traces are sent on.']
      if (!collector.isEncrypted)
        return ['weak', 'Traces are sent on over plain HTTP.', 'Give AIRWORTHY_OTLP_ENDPOINT an https address.']
      return collector.withContent
        ? [
            'note',
            'What was asked and answered is sent on with the traces.',
            'Leave AIRWORTHY_OTLP_CONTENT out where the collector need not read it.',
          ]
        : ['sound', 'Traces are sent on encrypted, without what was asked and answered.']
    },
  },
  {
    id: 'sealed-traces',
    title: 'What was said is sealed',
    look({ sealing: { isOn, older, rows } }) {
      if (!isOn)
        return [
          'note',
          'What was asked and answered lies in clear in the database, the spool and back-ups.',
          'Set AIRWORTHY_SEAL_TRACES=1, or encrypt the disks that they lie on.',
        ]
      return older === 'sealed'
        ? ['sound', 'What was asked and answered is sealed, of before too.']
        : [
            'note',
            `What comes is sealed; of what was there, ${rows} rows since the start, and not all yet.`,
            'Leave it running, and look again.',
          ]
    },
  },
  {
    id: 'retention',
    title: 'Old questions go',
    look: ({ retentionDays }) =>
      retentionDays === undefined
        ? [
            'note',
            'Traces stay until somebody deletes them, where a blueprint says nothing.',
            'Set AIRWORTHY_RETENTION_DAYS.',
          ]
        : ['sound', `Traces go after ${retentionDays} days.`],
  },
  {
    id: 'models',
    title: 'Something looks at what models are sent',
    look: ({ guardrailsOnModels }) =>
      guardrailsOnModels === 0
        ? [
            'note',
            'Nothing looks at requests that name a model directly.',
            'Begin with `airworthy guardrails add keys --on input --detector secrets --mode block`.',
          ]
        : ['sound', `${guardrailsOnModels} guardrails look at requests that name a model.`],
  },
  {
    id: 'packages',
    title: 'No known hole in what it is made of',
    look({ advisories, now }) {
      const how = 'Import advisories in the OSV form: `airworthy models advisories import`.'
      if (advisories === null) return ['note', 'No advisories were imported, so nobody knows.', how]
      if (advisories.affected.length > 0)
        return ['weak', `Known holes: ${advisories.affected.slice(0, 5).join(', ')}.`, 'Upgrade Airworthy.']
      return epochMs(advisories.at) < epochMs(now) - STALE_DAYS * DAY
        ? ['note', `The newest advisories came in on ${advisories.at.slice(0, 10)}.`, how]
        : ['sound', 'No imported advisory is about a package of this program.']
    },
  },
]

const DATABASES = {
  embedded: 'It is embedded, in the data folder.',
  here: 'It is on this machine.',
  encrypted: 'The connection is encrypted.',
} as const

const named = (keys: readonly { readonly name: string }[]): string =>
  `${keys
    .slice(0, 3)
    .map(({ name }) => name)
    .join(', ')}${keys.length > 3 ? ` and ${keys.length - 3} more` : ''}`
