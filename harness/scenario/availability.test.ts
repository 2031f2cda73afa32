import { expect, test } from 'vitest'
import { needsOf } from './availability.ts'

test('a cluster of its own needs services that the harness controls, named or not', () => {
  expect(needsOf({ isolation: 'own-cluster', needs: [] })).toEqual(['services'])
  expect(needsOf({ isolation: 'own-cluster', needs: ['disconnect', 'services'] })).toEqual([
    'services',
    'disconnect',
  ])
  expect(needsOf({ isolation: 'shared', needs: ['logs'] })).toEqual(['logs'])
})
