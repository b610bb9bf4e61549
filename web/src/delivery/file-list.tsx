/** The files of a blueprint by folder, with a mark on those that are changed or have a mistake. */
import type { BlueprintFiles, Problem } from '../data/shapes.ts'
import { say } from '../words/say.ts'

type Props = {
  files: BlueprintFiles
  chosen: string
  drafts: readonly string[]
  problems: readonly Problem[]
  onChoose: (path: string) => void
}

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '')

export function FileList({ files, chosen, drafts, problems, onChoose }: Props) {
  const folders = Map.groupBy(Object.keys(files).sort(), folderOf)
  return (
    <nav
      aria-label={say('file-list.files')}
      className="flex max-h-[70vh] flex-col gap-3 overflow-y-auto max-md:max-h-48"
    >
      {[...folders].sort().map(([folder, paths]) => (
        <div key={folder}>
          {folder && <p className="px-2 text-muted">{folder}/</p>}
          {paths.map((path) => {
            const count = problems.filter(({ file }) => file === path).length
            return (
              <button
                key={path}
                type="button"
                data-row
                aria-current={path === chosen ? 'true' : undefined}
                onClick={() => onChoose(path)}
                className="flex min-h-7 w-full items-center gap-2 rounded px-2 text-left hover:bg-hover aria-[current=true]:bg-selected"
              >
                <span className="truncate">{path.slice(folder ? folder.length + 1 : 0)}</span>
                {drafts.includes(path) && <span className="ml-auto text-accent">{say('file-list.changed')}</span>}
                {count > 0 && <span className="text-fail">{count}</span>}
              </button>
            )
          })}
        </div>
      ))}
    </nav>
  )
}
