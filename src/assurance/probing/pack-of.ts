/** A run is made with the list that it was planned with, and with no other. */
import { Failure } from '../../kernel/failure.ts'

type Named = { readonly name: string; readonly version: string }

export const packName = ({ name, version }: Named): string => `${name} ${version}`

/** Throws where the list was replaced since. */
export function demandPack(planned: string, pack: Named, slice: 'attacks' | 'harm'): void {
  if (planned === packName(pack)) return
  throw new Failure(
    'conflict',
    `${slice}.other-pack`,
    `This run was planned with the list ${planned}, and now there is ${packName(pack)}. Start it anew.`,
  )
}
