/**
 * The content key: made once, kept in the database sealed under the master key. Another master key seals it anew, and no
 * trace (docs/decisions/0040).
 */

import { Failure } from '../../kernel/failure.ts'
import type { RandomBytes } from '../../kernel/random.ts'
import { type KeyChange, resealing } from '../../kernel/reseal.ts'
import { createSeal } from '../../kernel/seal.ts'
import { Secret } from '../../kernel/secret.ts'
import type { Clock } from '../../kernel/time.ts'
import type { Database, Tx } from '../../store/database.ts'
import type { Remember } from '../../store/remember.ts'
import { addContentKey, findContentKey, listContentKeys, setComplete, setWrapped } from './store.ts'

const PURPOSE = 'telemetry.content'
const KEY_BYTES = 32

export type ContentKeyDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly organisation: string
  readonly masterKey: Secret
  readonly random: RandomBytes
  readonly remember: Remember
  /** Whether this process seals what comes. */
  readonly isOn: boolean
}

/** Throws `telemetry.other-master-key`, which stops the start. */
export async function openContentKey(deps: ContentKeyDeps): Promise<Secret> {
  const { db, clock, organisation, masterKey, random, remember, isOn } = deps
  const seal = createSeal({ masterKey, purpose: PURPOSE, random })
  const { wrapped } = await remember('content-key', async () => {
    const row = (await findContentKey(db, organisation)) ?? (await made())
    // What this process writes is in clear from here on.
    if (!isOn && row.isComplete) await setComplete(db, organisation, false)
    return { wrapped: row.wrapped }
  })
  try {
    return new Secret(seal.open(wrapped, organisation))
  } catch (cause) {
    throw new Failure(
      'conflict',
      'telemetry.other-master-key',
      'What was said in traces is sealed under another master key. Set AIRWORTHY_MASTER_KEY to the one of this installation, or put its file master.key back into the data folder.',
      { cause },
    )
  }

  async function made() {
    const key = Buffer.from(random(KEY_BYTES)).toString('base64url')
    const row = { organisation, wrapped: seal.close(key, organisation), isComplete: false, createdAt: clock() }
    await addContentKey(db, row)
    // Another process that started at the same moment may have been quicker.
    return (await findContentKey(db, organisation)) ?? row
  }
}

/** From one master key to another. */
export async function resealContentKeys(tx: Tx, change: KeyChange): Promise<void> {
  const reseal = resealing(change, PURPOSE)
  for (const { organisation, wrapped } of await listContentKeys(tx))
    await setWrapped(tx, organisation, reseal(wrapped, organisation))
}
