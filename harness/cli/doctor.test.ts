import { expect, test } from 'vitest'
import { plain } from '../report/console/paint.ts'
import type { Check } from '../cluster/doctor/check.ts'
import { renderChecks } from './doctor.ts'

const checks: Check[] = [
  { name: 'Node.js', status: 'ok', found: '24.21.0' },
  { name: 'processor', status: 'warning', found: '1 core', hint: 'Use 2 or more.' },
]

test('one line each, hints below, warnings in the way of nothing', () => {
  expect(renderChecks(checks, plain)).toMatchInlineSnapshot(`
    "✔ Node.js    24.21.0
    ! processor  1 core
                 Use 2 or more.

    A campaign can run here."
  `)
})

test('what is missing is named again at the end', () => {
  const lacking: Check = { name: 'Temporal', status: 'missing', found: 'not cached yet', hint: 'Install Go.' }
  expect(renderChecks([...checks, lacking], plain)).toMatch(/\nA campaign cannot run here: Temporal\.$/)
})
