import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { engineBound } from './engine-bound.ts'

const FILES: Record<string, string> = {
  'src/testing/engine.ts': "import { inject } from 'vitest'\nexport const freshEngine = () => inject('postgres')\n",
  'src/testing/house.ts': "export { freshEngine } from './engine.ts'\n",
  'src/slice/slice.ts': "import type { Engine } from '../testing/engine.ts'\nexport type Slice = Engine\n",
  'src/slice/far.test.ts': "import { freshEngine } from '../testing/house.ts'\nfreshEngine()\n",
  'src/slice/late.test.ts': "const { freshEngine } = await import('../testing/engine.ts')\nfreshEngine()\n",
  'src/slice/plain.test.ts': "import { test } from 'vitest'\nimport './slice.ts'\ntest('adds', () => {})\n",
}

test('tests that lead to the engine of the run are found, however far away it is, and types lead nowhere', () => {
  const root = mkdtempSync(join(tmpdir(), 'airworthy-bound-'))
  try {
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    const tests = Object.keys(FILES).filter((path) => path.endsWith('.test.ts'))
    expect(engineBound(root, tests)).toEqual(['src/slice/far.test.ts', 'src/slice/late.test.ts'])
  } finally {
    rmSync(root, { recursive: true })
  }
})
