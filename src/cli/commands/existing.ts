/** What exists already, from the options of `init` or from the answers of whoever sits in front of it. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { createInterface } from 'node:readline/promises'
import type { Client } from '../../../sdk/index.ts'
import { UsageError } from '../exit-code.ts'

export type ExistingOptions = {
  readonly about?: string
  readonly endpoint?: string
  readonly endpointModel?: string
  readonly credential?: string
  readonly http?: string
  readonly prompts?: readonly string[]
  readonly model?: string
  readonly cases?: string
  readonly sheets?: readonly string[]
  readonly promptfoo?: string
}

type Asked = Parameters<Client['bringExisting']>[0]['body']

/** What a project of texts is made of; its code is not read. */
const READ = /\.(prompt|ya?ml|txt|md|csv|jsonl?)$/
const SKIPPED = new Set(['node_modules', '.git'])
const LARGEST_BYTES = 16 * 1024 * 1024

export const isSaid = (options: ExistingOptions): boolean => Object.keys(options).length > 0

/** Throws a sentence for what is not there, or is said twice. */
export function existingOf(options: ExistingOptions): Asked {
  const { about, endpoint, http, model, cases, promptfoo, prompts = [], sheets = [] } = options
  const tables = [...sheets, ...(isWorkbook(cases) ? [cases] : [])]
  if (endpoint !== undefined && http !== undefined)
    throw new UsageError('One address answers: give --endpoint or --http, and not both.')
  return {
    ...(about !== undefined && { description: about }),
    ...(model !== undefined && { model }),
    ...(http !== undefined && { target: { kind: 'http', url: http, ...credentialOf(options) } }),
    ...(endpoint !== undefined && {
      target: {
        kind: 'openai',
        url: endpoint,
        ...(options.endpointModel !== undefined && { model: options.endpointModel }),
        ...credentialOf(options),
      },
    }),
    prompts: Object.assign({}, ...prompts.map((path) => textsAt(path, /\.(prompt|txt|md|json)$/))),
    promptfoo: promptfoo === undefined ? {} : textsAt(promptfoo, READ),
    ...(cases !== undefined && !isWorkbook(cases) && { cases: { file: basename(cases), content: textAt(cases) } }),
    sheets: tables.map((path) => ({
      file: basename(path),
      content: isWorkbook(path) ? bytesAt(path).toString('base64') : textAt(path),
    })),
  }
}

const credentialOf = ({ credential }: ExistingOptions) => (credential === undefined ? {} : { credential })

/** Seven questions; an empty line is “there is none”. */
export async function askExisting(): Promise<ExistingOptions> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const ask = async (question: string) => (await terminal.question(`${question}\n> `)).trim() || undefined
  try {
    process.stderr.write('What exists already? An empty line says that there is none.\n\n')
    const about = await ask('What does it do, in one sentence?')
    const address = await ask(
      'Where does it answer today? An address that ends in /v1, or any that takes {"messages"}.',
    )
    const isOpenAi = address !== undefined && /\/v\d+\/?$/.test(address)
    const endpointModel = isOpenAi ? await ask('What is the model called there?') : undefined
    const credential =
      address === undefined ? undefined : await ask('Under which name is its key kept here? Never the key itself.')
    const promptfoo = await ask('Is there a promptfoo project? Its folder:')
    const prompts = await ask('Are there prompt files? Files or folders, with spaces between them:')
    const model =
      prompts !== undefined && address === undefined
        ? await ask('With which model are they asked? As provider/model:')
        : undefined
    const cases = await ask('Is there a file of questions, best with answers? CSV, JSON lines or .xlsx:')
    const sheets = await ask('Are risks, a roadmap or resources in spreadsheets? Files, with spaces between them:')
    return Object.fromEntries(
      Object.entries({
        about,
        ...(isOpenAi ? { endpoint: address } : { http: address }),
        endpointModel,
        credential,
        promptfoo,
        prompts: prompts?.split(/\s+/),
        model,
        cases,
        sheets: sheets?.split(/\s+/),
      }).filter(([, answer]) => answer !== undefined),
    )
  } finally {
    terminal.close()
  }
}

const isWorkbook = (path: string | undefined): path is string => path !== undefined && /\.xlsx$/i.test(path)

const textAt = (path: string): string => bytesAt(path).toString('utf8')

function bytesAt(path: string): Buffer {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new UsageError(`There is no file ${path}.`)
  return readFileSync(path)
}

/** One file, or all texts below a folder, by their paths in it. */
export function textsAt(place: string, wanted: RegExp = READ): Record<string, string> {
  const found = statSync(place, { throwIfNoEntry: false })
  if (!found) throw new UsageError(`There is no file or folder ${place}.`)
  if (found.isFile()) return { [basename(place)]: readFileSync(place, 'utf8') }
  const texts: Record<string, string> = {}
  let bytes = 0
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) walk(path)
      if (!entry.isFile() || !wanted.test(entry.name)) continue
      bytes += statSync(path).size
      if (bytes > LARGEST_BYTES)
        throw new UsageError(`${place} holds more than 16 MB of texts. Name the folder of the suite alone.`)
      texts[relative(place, path).split(sep).join('/')] = readFileSync(path, 'utf8')
    }
  }
  walk(place)
  return texts
}
