/**
 * Checks that the house is built as `architecture.json` says: `npm run check:architecture`.
 *
 * With `--write` it draws the picture in ARCHITECTURE.md first. Exit code 1 when there is a finding.
 */
import { parseArgs } from 'node:util'
import { type Finding, inOrder, printFinding } from './architecture/finding.ts'
import { checkPicture, writePicture } from './architecture/picture.ts'
import { checkCircles } from './architecture/rules/circles.ts'
import { checkEdges } from './architecture/rules/edges.ts'
import { checkEffects } from './architecture/rules/effects.ts'
import { checkNetwork } from './architecture/rules/network.ts'
import { checkPackages } from './architecture/rules/packages.ts'
import { checkShape, longFiles } from './architecture/rules/shape.ts'
import { checkSql } from './architecture/rules/sql.ts'
import { type Survey, survey } from './architecture/survey.ts'

/** Every finding in the house at `root`, in reading order. */
export const findingsOf = (house: Survey): Finding[] => inOrder(rules.flatMap((rule) => rule(house)))

const rules = [checkEdges, checkPackages, checkEffects, checkNetwork, checkSql, checkCircles, checkShape, checkPicture]

function main(): void {
  const { values } = parseArgs({ options: { write: { type: 'boolean' }, root: { type: 'string' } } })
  const house = survey(values.root ?? process.cwd())
  if (values.write && !writePicture(house)) console.log('ARCHITECTURE.md has no picture markers; nothing written.')

  const findings = findingsOf(house)
  for (const finding of findings) console.log(printFinding(finding))
  const long = longFiles(house).map(({ path, lines }) => `${path} ${lines}`)
  if (long.length > 0) console.log(`note: over 150 lines: ${long.join(', ')}`)
  console.log(`${house.sources.length} files, ${house.edges.length} imports, ${findings.length} findings`)
  process.exitCode = findings.length === 0 ? 0 : 1
}

if (import.meta.main) main()
