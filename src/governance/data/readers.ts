/**
 * Who reads the data of an application, by the class that its inventory gives each source. Pure.
 *
 * Invariant: a source without a class and without readers is read by whoever may view; a class only ever takes readers
 * away, and owners of the installation read everything.
 */
import { Role } from '../../core/actor.ts'
import { type DataClass, Inventory, type Source } from '../documents/inventory.ts'

/** Which part of an application's data a door gives out; a dataset is named. */
export type GivenOut = { readonly kind: 'documents' | 'datasets' | 'all' } | { readonly kind: 'dataset'; name: string }

const READERS: Readonly<Record<DataClass, readonly Role[]>> = {
  public: Role.options,
  internal: Role.options,
  confidential: Role.options.filter((role) => role !== 'viewer'),
  restricted: ['owner', 'auditor'],
}

export type Closed = { readonly source: string; readonly readers: readonly Role[]; readonly why: string }

/** The first source of what is given out that this role may not read; undefined when it may read all of it. */
export function closedTo(role: Role, given: GivenOut, inventory: unknown): Closed | undefined {
  const known = Inventory.safeParse(inventory)
  if (!known.success) return undefined
  return known.data.sources
    .filter(({ covers }) => covers.some((name) => isGivenOut(name, given)))
    .flatMap((source): Closed[] => {
      const readers = readersOf(source)
      const why = source.readers ? 'names who reads it' : `is ${source.class}`
      return readers.includes(role) || role === 'owner' ? [] : [{ source: source.name, readers, why }]
    })[0]
}

export const readersOf = ({ class: dataClass, readers }: Pick<Source, 'class' | 'readers'>): readonly Role[] =>
  readers ?? (dataClass ? READERS[dataClass] : Role.options)

function isGivenOut(name: string, given: GivenOut): boolean {
  // Documents stand under `knowledge`, or under the name of their file; names of datasets have neither dot nor slash.
  const isDocument = name === 'knowledge' || /[./]/.test(name)
  if (given.kind === 'all') return true
  if (given.kind === 'dataset') return name === given.name
  return given.kind === 'documents' ? isDocument : !isDocument
}
