import { expect, test } from 'vitest'
import { exitCodeTable, profileTable, replaceGenerated, settingsTable, suiteTable } from './readme-tables.ts'

test('a text replaces what was between its markers, and nothing else', () => {
  const document =
    'a\n<!-- generated:one -->\nold $& text\n<!-- /generated -->\nb <!-- generated:two --><!-- /generated -->'
  const once = replaceGenerated(document, { one: 'new $& one', two: 'new two' })
  expect(once).toBe(
    'a\n<!-- generated:one -->\n\nnew $& one\n\n<!-- /generated -->\nb <!-- generated:two -->\n\nnew two\n\n<!-- /generated -->',
  )
  expect(replaceGenerated(once, { one: 'new $& one', two: 'new two' })).toBe(once)
})

test('a table that has no place, and a place that has no table, are mistakes', () => {
  expect(() => replaceGenerated('', { one: '' })).toThrowError('no place for one')
  expect(() => replaceGenerated('<!-- generated:two --><!-- /generated -->', {})).toThrowError(
    'no text called two',
  )
})

test('settings, suites, exit codes and profiles have a row each', () => {
  expect(settingsTable()).toContain('| `--runs <n>` | `CHAOS_RUNS` | 10; 1 for smoke | ')
  expect(suiteTable()).toContain('| `gate` | 10 each | ')
  expect(suiteTable()).toContain('| `soak` | as many as there is time for | ')
  expect(exitCodeTable()).toContain('| 130 | ')
  expect(profileTable()).toContain('| `worker.stickyQueueScheduleToStartTimeout` |  | 1.00 s |')
})
