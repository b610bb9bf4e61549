/** Stores a folder on the server: as one document, and what does not fit into one file by file. */
import { AirworthyError, type Client } from '../../sdk/index.ts'
import { UsageError } from './exit-code.ts'
import type { Files } from './folder.ts'

/** A document may have 32 MiB; the rest is for what the server's own words around the files take. */
const LARGEST_DOCUMENT_BYTES = 31 * 1024 * 1024

/** A new name makes a new application. */
export async function upload(client: Client, name: string, files: Files): Promise<void> {
  const large = tooLarge(files)
  if (large.length > 0) return uploadApart(client, name, files, large)
  try {
    await client.putBlueprint({ params: { name }, body: { files } })
  } catch (thrown) {
    if (!isUnknown(thrown)) throw thrown
    await client.createApplication({ body: { name, files } })
  }
}

/** Throws a sentence for what goes to the server in one piece and is too large for it; to store, file by file, has no such limit. */
export function demandFits(files: Files): void {
  const apart = tooLarge(files)
  if (apart.length === 0) return
  throw new UsageError(
    `A folder is checked in one piece, up to ${LARGEST_DOCUMENT_BYTES / 1024 / 1024} MiB, and this one is larger by ${apart.join(', ')}. Run \`airworthy freeze\`, which checks the same and sends large files one by one, or check a copy without them.`,
  )
}

/** Large files first, so that nothing that names them is refused for want of them. */
async function uploadApart(client: Client, name: string, files: Files, large: readonly string[]): Promise<void> {
  const params = { name }
  await client.getApplication({ params }).catch(async (thrown: unknown) => {
    if (!isUnknown(thrown)) throw thrown
    await client.createApplication({ body: { name, template: 'bring-your-own' } })
  })
  for (const path of large) await client.putBlueprintFile({ params: { name, path }, body: bytesOf(files[path] ?? '') })
  const small = Object.fromEntries(Object.entries(files).filter(([path]) => !large.includes(path)))
  await client.putBlueprint({ params, body: { files: small, keep: [...large] } })
}

/** The largest files, as many as must go for the others to fit into one document. */
function tooLarge(files: Files): string[] {
  const sizes = Object.entries(files)
    .map(([path, file]) => ({ path, bytes: Buffer.byteLength(JSON.stringify({ [path]: file })) }))
    .sort((one, other) => other.bytes - one.bytes)
  let total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  const apart: string[] = []
  for (const { path, bytes } of sizes) {
    if (total <= LARGEST_DOCUMENT_BYTES) break
    apart.push(path)
    total -= bytes
  }
  return apart
}

const bytesOf = (file: Files[string]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(typeof file === 'string' ? Buffer.from(file, 'utf8') : Buffer.from(file.base64, 'base64'))

const isUnknown = (thrown: unknown): boolean => thrown instanceof AirworthyError && thrown.status === 404
