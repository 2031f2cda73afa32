import { expect, test } from 'vitest'
import { debootstrapSteps } from './base.ts'

test('counts packages from step to step', () => {
  const stepOf = debootstrapSteps()
  const lines = [
    'I: Retrieving libc6 2.41',
    'I: Validating libc6 2.41',
    'I: Retrieving perl 5.40',
    'I: Checking component main on http://mirror.example/debian...',
    'I: Unpacking libc6:amd64...',
    'I: Unpacking perl...',
  ]
  expect(lines.map(stepOf)).toEqual([
    'retrieving, 1 packages so far',
    'retrieving, 1 packages so far',
    'retrieving, 2 packages so far',
    undefined,
    'unpacking, 1 packages so far',
    'unpacking, 2 packages so far',
  ])
})
