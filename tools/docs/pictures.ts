/** Pictures of docs/guide: each is shown by a page, and together they stay small enough for a clone. */
import { globSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { DocCheck, DocFinding } from './repository.ts'

const MOST_BYTES = 1_500_000

export const checkPictures: DocCheck = ({ root, pages }) => {
  const pictures = globSync('docs/guide/*.{webp,png}', { cwd: root }).map((path) => path.replaceAll('\\', '/'))
  const shown = new Set(
    [...pages].flatMap(([file, { links }]) => links.map(({ target }) => posix.join(posix.dirname(file), target))),
  )
  const finding = (file: string, found: string, remedy: string): DocFinding => ({ file, line: 1, found, remedy })
  const unused = pictures.filter((path) => !shown.has(path))
  const bytes = pictures.reduce((sum, path) => sum + statSync(join(root, path)).size, 0)
  return {
    findings: [
      ...unused.map((path) => finding(path, 'No page shows this picture.', 'Show it, or remove it.')),
      ...(bytes > MOST_BYTES
        ? [
            finding(
              'docs/guide',
              `Its pictures are ${bytes} bytes together, and may be ${MOST_BYTES}.`,
              'Make them smaller, or fewer: node tools/guide-pictures.ts.',
            ),
          ]
        : []),
    ],
  }
}
