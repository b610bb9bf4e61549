import { expect, it } from 'vitest'
import { csvLine, noFormula, readCsv } from './csv.ts'

it('what is written comes back in as it was', () => {
  const cells = ['plain', 'a, b', 'says "no"', 'two\nlines', '', ' spaces ']
  expect(readCsv(`${csvLine(cells)}\n`)[0]?.cells).toEqual(cells)
})

it.each([
  ['=1+1', "'=1+1"],
  ['+cmd|x', "'+cmd|x"],
  ['-2+3', "'-2+3"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['-2.5', '-2.5'],
  ['1e-7', '1e-7'],
  ['name', 'name'],
])('in a spreadsheet, %s is no formula', (text, shown) => {
  expect(noFormula(text)).toBe(shown)
})
