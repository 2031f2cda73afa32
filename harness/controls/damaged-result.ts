// Damages the record of a healthy run as a control says, and judges it from the disk like any other.
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { brokenRun } from '../campaign/broken-run.ts'
import { judgeRecord } from '../checks/judge-record.ts'
import { resealed } from '../mutation/reseal.ts'
import { readRecordFiles } from '../record/read-files.ts'
import { readRecord } from '../record/reader.ts'
import type { RunResult } from '../result/campaign-result.ts'
import { controlResult, type ControlResult } from './caught.ts'
import type { Control } from './control.ts'
import { damagedFiles } from './damage.ts'

/**
 * @param healthy the run whose record is damaged
 * @param folder the campaign's; the damaged record goes to `damaged/<control>` in it
 */
export async function damagedResult(
  control: Control,
  { damage, seal }: NonNullable<Control['damaged']>,
  healthy: RunResult,
  folder: string,
): Promise<ControlResult> {
  if (healthy.verdict !== 'pass') {
    const missed = `the run whose record it damages should pass, but is ${healthy.verdict}: ${healthy.reason}`
    return { control, run: healthy, missed }
  }
  const name = path.join('damaged', control.name)
  return controlResult(control, await judged())

  async function judged(): Promise<RunResult> {
    try {
      const damaged = damagedFiles(await readRecordFiles(path.join(folder, healthy.folder)), damage)
      const target = path.join(folder, name)
      await mkdir(target, { recursive: true })
      for (const [file, content] of Object.entries(seal === 'kept' ? damaged : resealed(damaged)))
        await writeFile(path.join(target, file), content)
      return judgeRecord(await readRecord(target), name, control.scenario.checks)
    } catch (thrown) {
      return brokenRun(healthy, name, thrown)
    }
  }
}
