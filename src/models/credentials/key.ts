/** A key of a provider with its way to be read, wherever it comes from. */
import type { Secret } from '../../kernel/secret.ts'
import type { Credential } from './contract.ts'

export type Key = Pick<Credential, 'name' | 'kind' | 'from' | 'inForce'> & {
  /** What is sent or signed with, from memory; undefined when nothing is there (yet). Throws when it cannot be opened. */
  read(): Secret | undefined
  /** For what is fetched and renewed: resolves when `read` gives something. */
  readonly fetch?: () => Promise<Secret>
  /** For the same: why there is none now, and from when on it is tried again. */
  readonly failed?: () => { readonly untilMs: number; readonly reason: string } | undefined
  /** A token that is sent as a bearer, whatever header keys of its provider go into. */
  readonly isToken?: boolean
}

/** Whether a text can stand in a header; a file or a variable may hold anything. */
export const isOneLine = (text: string): boolean => /^[\x20-\x7e]+$/.test(text)
