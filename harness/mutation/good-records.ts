// Reads the records of runs that pass: only they can show that damage turns a pass into something else.
import type { Check } from '../checks/check.ts'
import { judgeRecord } from '../checks/judge-record.ts'
import { ChaosError } from '../core/errors.ts'
import { readRecordFiles } from '../record/read-files.ts'
import { parseRecord } from '../record/reader.ts'
import type { GoodRecord } from './mutate-records.ts'

/** @param ownChecks the checks that a scenario brings itself @throws what is no fault of a record */
export async function goodRecords(
  folders: readonly string[],
  ownChecks: (scenario: string) => readonly Check[],
): Promise<GoodRecord[]> {
  const records: GoodRecord[] = []
  for (const name of folders) {
    try {
      const files = await readRecordFiles(name)
      const record = parseRecord(files, name)
      const own = ownChecks(record.header.scenario)
      if (judgeRecord(record, name, own).verdict === 'pass')
        records.push({ name, scenario: record.header.scenario, files, own })
    } catch (thrown) {
      // A run that broke off may have left a record that cannot be read.
      if (!(thrown instanceof ChaosError && thrown.code.startsWith('CHAOS_RECORD_'))) throw thrown
    }
  }
  return records
}
