/**
 * What a file of weights is, by its content: data that nothing can run is accepted, what could run when it is loaded
 * is refused with the reason, and so is what nobody here can read, because silence is no pass.
 */
import { z } from 'zod'
import { entriesOf, looksLikeZip } from './archive.ts'
import { type Bytes, headOf, Unreadable } from './bytes.ts'
import { looksLikeGguf, readGguf } from './gguf.ts'
import { WeightsHeader } from './header.ts'
import { type Pickle, readPickle } from './pickle.ts'
import { looksLikeSafetensors, readSafetensors } from './safetensors.ts'

export const FileFormat = z.enum([
  'safetensors',
  'gguf',
  'numpy',
  'text',
  'code',
  'tokenizer',
  'picture',
  'pickle',
  'archive',
  'keras',
  'program',
  'pointer',
  'unrecognised',
])
export type FileFormat = z.infer<typeof FileFormat>

export const Recognised = z.object({
  format: FileFormat,
  verdict: z.enum(['accepted', 'refused']),
  /** Why it is refused, or what to know of it; null when there is nothing to say. */
  reason: z.string().nullable(),
  header: WeightsHeader.nullable(),
})
export type Recognised = z.infer<typeof Recognised>

/** Of a pickle that names its imports late, more has to be read. */
const HEAD_BYTES = 4 * 1024 * 1024

/** @param name the file's name, which decides only between kinds of text */
export function recognise(bytes: Bytes, name: string): Recognised {
  try {
    return byContent(bytes, name)
  } catch (thrown) {
    if (!(thrown instanceof Unreadable)) throw thrown
    return refused(formatByName(name), `It is refused: ${thrown.message}.`)
  }
}

function byContent(bytes: Bytes, name: string): Recognised {
  const head = headOf(bytes, HEAD_BYTES)
  if (head.length === 0) return accepted('text')
  if (head.subarray(0, 42).toString('latin1') === 'version https://git-lfs.github.com/spec/v1')
    return refused('pointer', 'It only points to the file (Git LFS). Fetch the file itself.')
  if (looksLikeGguf(head)) return { ...accepted('gguf'), header: readGguf(bytes) }
  if (looksLikeZip(head)) return ofArchive(bytes)
  const pickle = readPickle(head)
  if (pickle) return refused('pickle', pickleInWords('It is', pickle))
  if (looksLikeSafetensors(head, bytes.size)) return { ...accepted('safetensors'), header: readSafetensors(bytes) }
  const found = SIGNATURES.find(({ magic, at = 0 }) => head.subarray(at, at + magic.length).equals(magic))
  if (found) return found.reason === null ? accepted(found.format) : refused(found.format, found.reason)
  if (startsWith(head, '\x93NUMPY')) return ofNumpy(head)
  if (isText(head)) return ofText(name)
  if (/\.(?:model|spm)$/i.test(name) && head[0] === 0x0a) return accepted('tokenizer')
  return refused(
    'unrecognised',
    /\.safetensors$/i.test(name)
      ? 'It is called safetensors and does not begin like one.'
      : 'Nobody here can say what it is, and so not what it does when it is loaded. Use safetensors or GGUF.',
  )
}

const accepted = (format: FileFormat, reason: string | null = null): Recognised => ({
  format,
  verdict: 'accepted',
  reason,
  header: null,
})
const refused = (format: FileFormat, reason: string): Recognised => ({
  format,
  verdict: 'refused',
  reason,
  header: null,
})

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1')
const startsWith = (head: Buffer, text: string): boolean => head.subarray(0, text.length).equals(bytes(text))

const PACKED = 'It is packed, and what is in it is not looked at. Unpack it, and register the files.'
const PROGRAM = 'It is a program.'
const SIGNATURES: readonly { magic: Buffer; at?: number; format: FileFormat; reason: string | null }[] = [
  { magic: bytes('\x89PNG\r\n'), format: 'picture', reason: null },
  { magic: bytes('\xff\xd8\xff'), format: 'picture', reason: null },
  { magic: bytes('GIF8'), format: 'picture', reason: null },
  {
    magic: bytes('\x89HDF\r\n'),
    format: 'keras',
    reason: 'It is HDF5, in which Keras keeps layers that are Python programs. Convert it to safetensors.',
  },
  { magic: bytes('\x7fELF'), format: 'program', reason: PROGRAM },
  { magic: bytes('MZ'), format: 'program', reason: PROGRAM },
  { magic: bytes('\xcf\xfa\xed\xfe'), format: 'program', reason: PROGRAM },
  { magic: bytes('\x1f\x8b'), format: 'archive', reason: PACKED },
  { magic: bytes('7z\xbc\xaf\x27\x1c'), format: 'archive', reason: PACKED },
  { magic: bytes('Rar!'), format: 'archive', reason: PACKED },
  { magic: bytes('BZh'), format: 'archive', reason: PACKED },
  { magic: bytes('\xfd7zXZ'), format: 'archive', reason: PACKED },
  { magic: bytes('\x28\xb5\x2f\xfd'), format: 'archive', reason: PACKED },
  { magic: bytes('ustar'), at: 257, format: 'archive', reason: PACKED },
]

function ofArchive(archive: Bytes): Recognised {
  let others = 0
  for (const { name, head } of entriesOf(archive)) {
    const pickle = readPickle(head)
    if (pickle) return refused('pickle', pickleInWords(`It holds ${JSON.stringify(name.slice(0, 100))},`, pickle))
    if (startsWith(head, '\x93NUMPY')) {
      const array = ofNumpy(head)
      if (array.verdict === 'refused') return array
    } else others++
  }
  return others === 0 ? accepted('numpy') : refused('archive', PACKED)
}

function pickleInWords(what: string, { imports, isWhole }: Pickle): string {
  const broken = isWhole ? '' : ' It breaks off after that, which is how scanners are fooled.'
  const named = imports.length === 0 ? '' : ` It imports ${imports.slice(0, 8).join(', ')}.`
  return `${what} a Python pickle, a program that runs when it is loaded.${named}${broken} Use safetensors or GGUF.`
}

/** An array of objects is kept as pickles. */
function ofNumpy(head: Buffer): Recognised {
  const description = head.subarray(0, 1024).toString('latin1')
  if (!/'descr':\s*/.test(description))
    return refused('numpy', 'It begins like a NumPy array and does not say of what.')
  if (/'descr':[^}]*['"][|<>=]?O\d*['"]/.test(description))
    return refused(
      'pickle',
      'It is an array of Python objects, which are pickles: programs that run when it is loaded.',
    )
  return accepted('numpy')
}

/** UTF-8 without control characters; a character that the end of the piece cuts is no fault. */
function isText(head: Buffer): boolean {
  const piece = head.subarray(0, 64 * 1024)
  if (piece.includes(0)) return false
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(piece, { stream: true })
    return true
  } catch {
    return false
  }
}

const ofText = (name: string): Recognised =>
  /\.(?:py|pyx|sh|bat|ps1|js|mjs|cjs|so|rb|pl)$/i.test(name)
    ? accepted(
        'code',
        'A program. Loaders run it only when they are told to trust the code of a repository; leave that off.',
      )
    : accepted('text')

function formatByName(name: string): FileFormat {
  if (/\.safetensors$/i.test(name)) return 'safetensors'
  if (/\.gguf$/i.test(name)) return 'gguf'
  return 'unrecognised'
}
