/** Where a new key comes from: typed in, an identity that a cloud gives to the machine, or the file of an account. */
import type { client } from '../data/client.ts'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { say } from '../words/say.ts'

type Source = NonNullable<
  NonNullable<Parameters<(typeof client)['putProvider']>[0]['body']['credentials']>[number]['source']
>

export type KeyDraft = {
  readonly from: 'key' | 'azure' | 'google' | 'aws' | 'account'
  readonly text: string
  /** Of a cloud: its own order, or one place. */
  readonly place: string
  readonly clientId: string
}
export const NO_KEY: KeyDraft = { from: 'key', text: '', place: 'chain', clientId: '' }

const PLACES = {
  azure: ['chain', 'workload', 'app-service', 'instance'],
  google: ['chain', 'file', 'instance'],
  aws: ['chain', 'environment', 'web-identity', 'profile', 'container', 'instance'],
} as const

/** Undefined when nothing was given. Throws when the file of an account is none. */
export function sourceOf({ from, text, place, clientId }: KeyDraft): Source | undefined {
  switch (from) {
    case 'key':
      return text === '' ? undefined : text
    case 'azure':
      return { azure: placeOf('azure', place), ...(clientId !== '' && { clientId }) }
    case 'google':
      return { google: placeOf('google', place) }
    case 'aws':
      return { aws: placeOf('aws', place) }
    case 'account':
      return accountOf(text)
  }
}

const placeOf = <Cloud extends keyof typeof PLACES>(cloud: Cloud, place: string): (typeof PLACES)[Cloud][number] =>
  PLACES[cloud].find((one) => one === place) ?? PLACES[cloud][0]

/** The server reads it whole; here it is only told which of the two it is. */
function accountOf(text: string): Source {
  const account: unknown = readJson(text)
  const type = typeof account === 'object' && account !== null && 'type' in account ? account.type : undefined
  if (type === 'service_account') return { serviceAccount: account } as Source
  if (type === 'external_account') return { externalAccount: account } as Source
  throw new Error(say('key-source.this-is-no-file-of-a-service'))
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function KeySource({ draft, onChange }: { draft: KeyDraft; onChange: (draft: KeyDraft) => void }) {
  const { from, text, place, clientId } = draft
  const change = (part: Partial<KeyDraft>) => onChange({ ...draft, ...part })
  return (
    <>
      <Choice
        label={say('key-source.where-it-comes-from')}
        value={from}
        onChange={(chosen) => onChange({ ...NO_KEY, from: chosen as KeyDraft['from'] })}
        options={[
          ['key', say('key-source.a-key-typed-in-here')],
          ['azure', say('key-source.the-machine-s-identity-at-azure')],
          ['google', say('key-source.the-machine-s-identity-at-google')],
          ['aws', say('key-source.the-machine-s-role-at-amazon')],
          ['account', say('key-source.the-file-of-an-account-of')],
        ]}
      />
      {from === 'key' && (
        <TextField
          label={say('keys-dialog.the-key')}
          type="password"
          autoComplete="off"
          value={text}
          onChange={(typed) => change({ text: typed })}
          hint={say('keys-dialog.kept-encrypted-and-never-shown-those-in')}
        />
      )}
      {from === 'account' && (
        <TextArea
          label={say('key-source.content-of-the-file')}
          rows={5}
          value={text}
          onChange={(typed) => change({ text: typed })}
          hint={say('key-source.of-a-service-account-or-of')}
        />
      )}
      {(from === 'azure' || from === 'google' || from === 'aws') && (
        <Choice
          label={say('key-source.place')}
          value={place}
          onChange={(chosen) => change({ place: chosen })}
          options={PLACES[from].map((one) => [one, one === 'chain' ? say('key-source.the-first-that-is-there') : one])}
          hint={from === 'aws' ? undefined : say('key-source.its-tokens-are-kept-in-memory')}
        />
      )}
      {from === 'azure' && (
        <TextField
          label={say('key-source.client-id')}
          value={clientId}
          onChange={(typed) => change({ clientId: typed })}
          hint={say('key-source.of-a-user-assigned-identity-left')}
        />
      )}
    </>
  )
}
