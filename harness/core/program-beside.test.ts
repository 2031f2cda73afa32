import { expect, test } from 'vitest'
import { programBeside } from './program-beside.ts'

test('a program has the ending of the module beside it', () => {
  expect(programBeside('guard', 'file:///project/harness/client.ts')).toBe('/project/harness/guard.ts')
  expect(programBeside('guard', 'file:///a%20b/dist/client.js?v=1')).toBe('/a b/dist/guard.js')
})
