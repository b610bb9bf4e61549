/** Handlers of the dossier's routes. */
import type { ReleaseId } from '../../core/release.ts'
import { type Caller, demandApplication } from '../../wire/caller.ts'
import { handle, type Mounted } from '../../wire/handle.ts'
import { reply } from '../../wire/route.ts'
import { exportDossier, listDossierSections } from './contract.ts'
import type { DossierDeps, Dossiers } from './dossier.ts'

export function dossierHttp(dossiers: Dossiers, { releaseOf }: Pick<DossierDeps, 'releaseOf'>): Mounted[] {
  const demandRelease = async (caller: Caller, id: ReleaseId) =>
    demandApplication(caller, (await releaseOf(id)).application)
  return [
    handle(exportDossier, async ({ params, query, caller }) => {
      await demandRelease(caller, params.id)
      const { text, print, digest, release } = await dossiers.export(params.id, caller)
      const name = `${release.application}-r${release.number}.dossier`
      if (query.as === 'html') return new Response(print, { headers: { 'content-type': 'text/html; charset=utf-8' } })
      return new Response(text, {
        headers: {
          'content-type': 'application/json',
          'content-disposition': `attachment; filename="${name}.json"`,
          etag: `"${digest}"`,
        },
      })
    }),
    handle(listDossierSections, async ({ params, caller }) => {
      await demandRelease(caller, params.id)
      return reply(200, await dossiers.contents(params.id))
    }),
  ]
}
