/** How the CLI finds the server and who it is: settings first, then the owner token in the data folder. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AirworthyError, type Client, type ClientOptions, createClient } from '../../sdk/index.ts'
import { readConfig } from '../config.ts'

export type Connection = {
  readonly client: Client
  readonly options: ClientOptions & { readonly token: string }
  readonly data: string
}

/** Throws a sentence when there is no key to use. */
export function connect(): Connection {
  const config = readConfig()
  const baseUrl = config.url ?? config.publicUrl ?? `http://127.0.0.1:${config.port}`
  const token = config.token?.reveal() ?? config.ownerToken?.reveal() ?? ownerToken(config.data)
  if (token === undefined)
    throw new AirworthyError(0, {
      code: 'cli.no-key',
      detail: `There is no key: neither AIRWORTHY_TOKEN nor ${join(config.data, 'owner-token')}. Start the server with \`npx airworthy up\` in this folder, or set AIRWORTHY_TOKEN.`,
    })
  const options = { baseUrl, token }
  return { client: createClient(options), options, data: config.data }
}

function ownerToken(data: string): string | undefined {
  try {
    return readFileSync(join(data, 'owner-token'), 'utf8').trim()
  } catch {
    return undefined
  }
}
