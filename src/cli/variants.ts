/** Further arms of an experiment, as they are typed: other models, prompts, targets, and sweeps of a parameter. */
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Manifest, Variant } from '../../sdk/index.ts'
import { UsageError } from './exit-code.ts'

const TIMEOUT_MS = 30_000

export type VariantOptions = {
  model?: string[]
  prompt?: string[]
  target?: string[]
  vary?: string[]
}

export function variantsOf(options: VariantOptions, manifest: Pick<Manifest, 'models' | 'prompts'>): Variant[] {
  const variants = [
    ...(options.model ?? []).map((text) => {
      // `answer=openai/gpt-4o` says which of several models is replaced.
      const [, part, model = text] = /^([\w-]+)=(.+)$/.exec(text) ?? []
      return { name: nameOf(model), models: { [part ?? only(manifest.models, 'model')]: { model } } }
    }),
    ...(options.prompt ?? []).map((path) => ({
      name: nameOf(basename(path).replace(/\.prompt$/, '')),
      prompts: { [promptOf(path, manifest.prompts)]: textOf(path) },
    })),
    ...(options.target ?? []).map((url) => ({
      name: nameOf(url.replace(/^https?:\/\//, '')),
      target: {
        kind: url.endsWith('/v1') ? ('openai' as const) : ('http' as const),
        url,
        model: 'default',
        timeoutMs: TIMEOUT_MS,
      },
    })),
    ...(options.vary ?? []).flatMap((text) => sweepOf(text, manifest)),
  ]
  const seen = new Map<string, number>()
  return variants.map((variant) => {
    const count = (seen.get(variant.name) ?? 0) + 1
    seen.set(variant.name, count)
    return count === 1 ? variant : { ...variant, name: `${variant.name}-${count}` }
  })
}

/** `answer.temperature=0,0.7,1`: an arm for every value; the model's name may be left out where there is one. */
function sweepOf(text: string, { models }: Pick<Manifest, 'models'>): Variant[] {
  const found = /^(?:([^.=]+)\.)?([a-zA-Z_][\w]*)=(.+)$/.exec(text)
  if (!found)
    throw new UsageError(`--vary takes model.parameter=value,value, for example answer.temperature=0,0.7; not ${text}.`)
  const [, model, parameter = '', values = ''] = found
  const name = model ?? only(models, 'model')
  return values.split(',').map((value) => ({
    name: nameOf(`${parameter}-${value}`),
    models: { [name]: { parameters: { [parameter]: parameterValue(value) } } },
  }))
}

function parameterValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function only(parts: readonly { name: string }[], kind: string): string {
  const [first, second] = parts
  if (first && !second) return first.name
  throw new UsageError(
    first
      ? `The release has several ${kind}s (${parts.map(({ name }) => name).join(', ')}); say which, as in ${parts[0]?.name}=…`
      : `The release has no ${kind}.`,
  )
}

/** A file that is called like a prompt of the release replaces that one; otherwise there must be one prompt only. */
const promptOf = (path: string, prompts: readonly { name: string }[]): string =>
  prompts.find(({ name }) => basename(path) === `${name}.prompt`)?.name ?? only(prompts, 'prompt')

function textOf(path: string): string {
  if (existsSync(path)) return readFileSync(path, 'utf8')
  throw new UsageError(`There is no file ${path}.`)
}

const nameOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60) || 'variant'
