import { expect, test } from 'vitest'
import { withoutSourceMap } from './source-map.ts'

function mapped(code: string, map: object): string {
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}`
}

test('the code stays, and the map keeps nothing but the name of the file', () => {
  const code = 'const workflows = 1\nexport { workflows }'
  const map = { version: 3, file: 'bundle.js', sources: ['a.ts'], names: ['workflows'], mappings: 'AAAA' }
  const empty = { version: 3, file: 'bundle.js', sources: [], names: [], mappings: '' }
  expect(withoutSourceMap(mapped(code, map))).toBe(mapped(code, empty))
  expect(withoutSourceMap(`${mapped(code, map)}\n`)).toBe(mapped(code, empty))
})

test('code that has no map at its end is left alone', () => {
  const quoted = `${mapped('const text = "', { version: 3 })}"`
  expect(withoutSourceMap(quoted)).toBe(quoted)
  expect(withoutSourceMap('const workflows = 1')).toBe('const workflows = 1')
})
