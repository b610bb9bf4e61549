import { expect, test } from 'vitest'
import { withoutMarks } from './inline-marks.ts'

test.for([
  ['see [the price list](https://x.example/a_(b)) now', 'see the price list now'],
  ['![a picture](a.png) beside', 'a picture beside'],
  ['[by reference][1] and [empty][]', 'by reference and empty'],
  ['<https://x.example> stays', 'https://x.example stays'],
  ['**bold** and __bold__, *leaning* and _leaning_', 'bold and bold, leaning and leaning'],
  ['2 * 3 * 4, snake_case_name and a ** b', '2 * 3 * 4, snake_case_name and a ** b'],
  ['`code` and 1 \\* 2', 'code and 1 * 2'],
  ['> quoted', 'quoted'],
  ['[[a](b)', '[a'],
  ['[a](b(c(d)))', '[a](b(c(d)))'],
  [`*${'a'.repeat(401)}*`, `*${'a'.repeat(401)}*`],
  ['**a__)**b__', 'a__)b__'],
  ['['.repeat(5), '['.repeat(5)],
] as const)('%s is read as %s', ([line, words]) => expect(withoutMarks(line)).toBe(words))
