/**
 * A template with its partials, compiled by the dotprompt package.
 *
 * The package keeps partials in one registry for the whole process, so that a partial `tone` of one release would
 * answer for that of another. Here each goes in under a name that holds the digest of all partials of its prompt:
 * the same name is always the same text.
 */
import { Dotprompt, type ParsedPrompt as DotpromptFile, type PromptFunction } from 'dotprompt'
import { digestOf } from '../kernel/digest.ts'

type Template = { readonly body: string; readonly partials?: Readonly<Record<string, string>> | undefined }

/** Schemas and tools that front matter may name, and the front matter itself; a flow needs neither. */
type Surroundings = ConstructorParameters<typeof Dotprompt>[0] & { readonly metadata?: Omit<DotpromptFile, 'template'> }

export function compileTemplate(
  { body, partials = {} }: Template,
  { metadata, ...options }: Surroundings = {},
): Promise<PromptFunction> {
  const prefix = `p${digestOf(partials).replace(/\W/g, '')}_`
  const bound = (text: string): string =>
    text.replace(/(\{\{~?#?>\s*)([A-Za-z0-9_./-]+)/g, (whole, open: string, name: string) =>
      Object.hasOwn(partials, name) ? `${open}${prefix}${name}` : whole,
    )
  const named = Object.fromEntries(Object.entries(partials).map(([name, text]) => [`${prefix}${name}`, bound(text)]))
  return new Dotprompt({ ...options, partials: named }).compile({ ...metadata, template: bound(body) } as DotpromptFile)
}
