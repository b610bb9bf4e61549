/** The lines that a start ends with: where it is, and how the owner gets in. */
import { join } from 'node:path'
import type { Access } from '../access/index.ts'
import type { ActorId } from '../core/actor.ts'
import type { Secret } from '../kernel/secret.ts'

const ALL_ROLES = 3

export async function sayReady({
  print,
  config,
  address,
  owner,
  access,
  ownerActor,
}: {
  print: (line: string) => void
  config: { readonly data: string; readonly roles: ReadonlySet<string> }
  address: string
  owner: { secret: Secret; isNew: boolean } | undefined
  access: Pick<Access, 'createSignInLink'>
  /** None where the role api is not. */
  ownerActor: ActorId | undefined
}): Promise<void> {
  print(`Airworthy is ready at ${address}`)
  if (config.roles.size < ALL_ROLES) print(`This process is ${[...config.roles].join(' and ')}.`)
  if (owner?.isNew)
    print(`Owner token, shown once and kept in ${join(config.data, 'owner-token')}: ${owner.secret.reveal()}`)
  if (ownerActor === undefined) return
  const { url } = await access.createSignInLink({ actor: ownerActor, by: ownerActor })
  print(`Sign in (once, within ten minutes): ${url.reveal()}`)
}
