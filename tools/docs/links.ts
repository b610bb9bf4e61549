/** Every relative link leads to a file that exists, and every anchor to a heading in it. */
import { posix } from 'node:path'
import type { DocCheck, DocFinding, Repository } from './repository.ts'

/** Checks links inside the repository; addresses elsewhere are not fetched. */
export const checkLinks: DocCheck = (repository) => ({
  findings: [...repository.pages].flatMap(([file, { links }]) =>
    links.flatMap(({ line, target }) => judge(repository, file, line, target) ?? []),
  ),
})

function judge({ pages, exists }: Repository, file: string, line: number, target: string): DocFinding | undefined {
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(target)) return undefined
  const [path = '', anchor] = decodeURI(target).split('#')
  const where = path === '' ? file : posix.normalize(posix.join(path.startsWith('/') ? '.' : posix.dirname(file), path))
  if (where.startsWith('..') || !exists(where)) {
    return { file, line, found: `The link ${target} leads nowhere.`, remedy: 'Correct it, or remove it.' }
  }
  const page = pages.get(where)
  if (anchor === undefined || anchor === '' || !page || page.anchors.has(anchor)) return undefined
  return { file, line, found: `${where} has no heading for #${anchor}.`, remedy: 'Name the heading as it is now.' }
}
