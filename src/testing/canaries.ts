/** Looks for secrets where none may be: in files of a folder and in texts, as they are and as programs rewrite them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { gunzipSync } from 'node:zlib'

export type Secrets = Readonly<Record<string, string>>

/** A secret as it is, in base64 wherever it stands in what is encoded, in hexadecimal, in a URL and in JSON. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8')
  const base64 = [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset, 'x'), bytes]).toString('base64')
    // The first and the last characters hold bits of what stands beside it.
    const own = text.slice(offset === 0 ? 0 : offset + 1, Math.floor(((offset + bytes.length) * 8) / 6))
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
  const hex = bytes.toString('hex')
  const url = encodeURIComponent(secret)
  const json = JSON.stringify(secret).slice(1, -1)
  return [...new Set([secret, ...base64, hex, hex.toUpperCase(), url, url.replaceAll('%20', '+'), json])]
}

/** A search for secrets, made once and used on many texts: names of those that a text or bytes hold. */
export function secretsIn(secrets: Secrets): (content: string | Buffer) => string[] {
  const looked = Object.entries(secrets).map(([name, secret]) => ({ name, forms: formsOf(secret) }))
  return (content) => looked.filter(({ forms }) => forms.some((form) => content.includes(form))).map(({ name }) => name)
}

/** `file: secret` for each file of a folder that holds one; packed files are looked into. */
export function filesWith(folder: string, secrets: Secrets): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  if (files.length === 0) throw new Error(`${folder} holds no file to look into.`)
  const found = secretsIn(secrets)
  return files
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name)
      const content = readFileSync(path)
      const isPacked = content[0] === 0x1f && content[1] === 0x8b
      return found(isPacked ? gunzipSync(content) : content).map((name) => `${relative(folder, path)}: ${name}`)
    })
    .sort()
}
