/** The files of a blueprint: read, change as text, see every mistake, freeze. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useParameter } from '../data/address.ts'
import { client } from '../data/client.ts'
import { application, blueprint, useMay } from '../data/queries.ts'
import type { BlueprintFiles } from '../data/shapes.ts'
import { Digest } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { Loaded, Problems, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { FileEditor } from './file-editor.tsx'
import { FileList } from './file-list.tsx'

export function BlueprintPage({ name }: { name: string }) {
  const query = useQuery(blueprint(name))
  const standing = useQuery(application(name)).data
  const may = useMay()
  const [, navigate] = useLocation()
  const cache = useQueryClient()
  const freeze = useMutation({
    mutationFn: () => client.freezeRelease({ params: { name }, body: {} }),
    onSuccess: async ({ body }) => {
      await cache.invalidateQueries()
      navigate(`/releases/${body.id}`)
    },
  })
  return (
    <Page
      title={say('blueprint.blueprint')}
      crumbs={[
        { label: say('blueprint.applications'), href: '/applications' },
        { label: name, href: `/applications/${name}` },
      ]}
      aside={query.data && <Digest value={query.data.digest} />}
      actions={
        may('build') && (
          <>
            <span className="text-muted">
              {standing &&
                (standing.frozen && standing.newest
                  ? say('blueprint.as-frozen-in-r', { number: standing.newest.number })
                  : say('blueprint.changed-since-the-last-release'))}
            </span>
            <Button tone="primary" busy={freeze.isPending} onClick={() => freeze.mutate()}>
              {say('blueprint.freeze-a-release')}
            </Button>
          </>
        )
      }
    >
      {freeze.error && <Trouble failure={freeze.error} />}
      <Loaded query={query} rows={12}>
        {({ files, bytes }) => <Files name={name} files={files} bytes={bytes} mayEdit={may('build')} />}
      </Loaded>
    </Page>
  )
}

type FilesProps = { name: string; files: BlueprintFiles; bytes: string; mayEdit: boolean }

function Files({ name, files, bytes, mayEdit }: FilesProps) {
  const [asked, choose] = useParameter('file')
  const [drafts, setDrafts] = useState<Readonly<Record<string, string>>>({})
  const cache = useQueryClient()
  const path = asked && asked in files ? asked : 'airworthy.yaml' in files ? 'airworthy.yaml' : Object.keys(files)[0]
  const changed = { ...files, ...drafts }
  const check = useQuery({
    queryKey: ['application', name, 'check', drafts],
    queryFn: () => client.checkBlueprint({ params: { name }, body: { files: changed } }),
    enabled: mayEdit && Object.keys(drafts).length > 0,
  })
  const save = useMutation({
    mutationFn: () => client.putBlueprint({ params: { name }, body: { files: changed } }, { ifMatch: bytes }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['application'] })
      setDrafts({})
    },
  })
  if (path === undefined) return <p className="text-muted">{say('blueprint.the-blueprint-has-no-file')}</p>
  const file = changed[path]
  const problems = Object.keys(drafts).length > 0 ? (check.data?.problems ?? []) : []
  const warnings = Object.keys(drafts).length > 0 ? (check.data?.warnings ?? []) : []
  return (
    <div className="grid gap-x-8 gap-y-4 md:grid-cols-[15rem_1fr]">
      <FileList files={changed} chosen={path} drafts={Object.keys(drafts)} problems={problems} onChoose={choose} />
      <div className="min-w-0">
        <FileEditor
          key={path}
          path={path}
          file={file}
          problems={problems.filter((problem) => problem.file === path)}
          onChange={mayEdit ? (text) => setDrafts((before) => drafted(before, path, text, files)) : undefined}
        />
        {Object.keys(drafts).length > 0 && (
          <div className="mt-3 flex flex-wrap items-center gap-3" aria-live="polite">
            <Button tone="primary" busy={save.isPending} disabled={problems.length > 0} onClick={() => save.mutate()}>
              {say('blueprint.save', {
                what:
                  Object.keys(drafts).length === 1
                    ? say('blueprint.the-change')
                    : say('blueprint.files', { n: Object.keys(drafts).length }),
              })}
            </Button>
            <Button onClick={() => setDrafts({})}>{say('blueprint.undo')}</Button>
            <span className="text-muted">
              {check.isFetching
                ? say('blueprint.checking')
                : problems.length === 0
                  ? say('blueprint.no-mistake-found-evidence-that-rests-on')
                  : say('blueprint.to-mend', { problems: problems.length })}
            </span>
          </div>
        )}
        <Problems problems={problems} />
        {warnings.length > 0 && (
          <details className="mt-3">
            <summary className="text-muted">
              {say('blueprint.lint-of-the-prompts-which-stop-nothing', { warnings: warnings.length })}
            </summary>
            <Problems problems={warnings} />
          </details>
        )}
        {save.error && <Trouble failure={save.error} />}
      </div>
    </div>
  )
}

/** A draft that says the same as the file is none. */
function drafted(
  before: Readonly<Record<string, string>>,
  path: string,
  text: string,
  files: BlueprintFiles,
): Readonly<Record<string, string>> {
  const { [path]: _, ...rest } = before
  return files[path] === text ? rest : { ...rest, [path]: text }
}
