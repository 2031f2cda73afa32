// `pnpm attribution reports/latest` prints how many recovery milliseconds of a campaign have a named cause.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import Table from 'cli-table3'
import { formatDuration } from '../harness/core/duration.ts'
import { timingSchema } from '../harness/result/campaign-result.ts'
import { waitsByCause } from '../harness/report/waits-by-cause.ts'

const folder = process.argv[2] ?? path.join('reports', 'latest')
const campaign = timingSchema.parse(JSON.parse(await readFile(path.join(folder, 'timing.json'), 'utf8')))

for (const which of ['worst', 'all'] as const) {
  const { causes, totalMs, namedShare } = waitsByCause(campaign, which)
  const table = new Table({ head: ['cause', 'waited', 'share'], style: { head: [], border: [] } })
  table.push(
    ...causes.map(([name, ms]) => [name, formatDuration(ms), `${((ms / totalMs) * 100).toFixed(1)} %`]),
  )
  const what = which === 'worst' ? 'the obligation that decides each run' : 'every obligation'
  const named =
    namedShare === null ? 'nothing waited' : `${(namedShare * 100).toFixed(1)} % have a named cause`
  console.log(`${what}: ${formatDuration(totalMs)} waited, ${named}\n${table.toString()}\n`)
}
