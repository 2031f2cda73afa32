import { expect, test } from 'vitest'
import { exitCodeTable, profileTable, settingsTables, suiteTable } from './tables.ts'

test('settings, suites, exit codes and profiles have a row each', () => {
  expect(settingsTables()).toContain('| `--runs <n>` | `CHAOS_RUNS` | 10; 1 for smoke | ')
  expect(settingsTables()).toContain('## Reports\n\n| flag | variable | default | meaning | commands |\n')
  expect(suiteTable()).toContain('| `gate` | 10 each | ')
  expect(suiteTable()).toContain('| `soak` | as many as there is time for | ')
  expect(exitCodeTable()).toContain('| 130 | ')
  expect(profileTable()).toContain('| `worker.stickyQueueScheduleToStartTimeout` |  | 1.00 s |')
})
