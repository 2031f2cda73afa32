import path from 'node:path'
import { expect, test } from 'vitest'
import {
  checkTable,
  controlTable,
  exitCodeTable,
  profileTable,
  settingsTables,
  suiteTable,
} from './tables.ts'

test('settings, suites, exit codes and profiles have a row each', () => {
  expect(settingsTables()).toContain('| `--runs <n>` | `CHAOS_RUNS` | 10; 1 for smoke | ')
  expect(settingsTables()).toContain('## Reports\n\n| flag | variable | default | meaning | commands |\n')
  expect(suiteTable()).toContain('| `gate` | 10 each | ')
  expect(suiteTable()).toContain('| `soak` | as many as there is time for | ')
  expect(exitCodeTable()).toContain('| 130 | ')
  expect(profileTable()).toContain('| `worker.stickyQueueScheduleToStartTimeout` |  | 1.00 s |')
})

test('each check names the controls that turn it red, and each control has a row', async () => {
  const folder = path.join(import.meta.dirname, '../controls')
  const checks = await checkTable(folder, '../controls')
  expect(checks).toMatch(
    /\| `completed` \| .* \|.*\[worker-never-restarts\]\(\.\.\/controls\/worker-never-restarts\.ts\)/,
  )
  expect(await controlTable(folder, '../controls')).toContain(
    '| [worker-never-restarts](../controls/worker-never-restarts.ts) | worker | The worker is killed, and nobody starts another one. | fail, by `completed` |',
  )
})
