// Damage to the stored record of a healthy run, as by a service or a harness that lies. No real run can do
// that.
import { isDeepStrictEqual } from 'node:util'
import { recordFiles, streamFile } from '../record/files.ts'
import type { ObservationEntry } from '../record/observation.ts'
import type { MachineLine } from '../record/machine.ts'
import type { RecordFiles } from '../record/read-files.ts'
import type { CapturedEvent, RunRecord } from '../record/record.ts'
import { lineNumberField } from '../record/seal.ts'
import type { TimelineEntry } from '../record/timeline.ts'

/** A record as the harness of this version has just written it, line by line. */
export interface RecordLines {
  readonly header: RunRecord['header']
  readonly timeline: readonly TimelineEntry[]
  readonly captures: readonly CapturedEvent[]
  readonly observations: readonly ObservationEntry[]
  readonly machine: readonly MachineLine[]
}

/** @returns the parts that are damaged */
export type Damage = (record: RecordLines) => Partial<RecordLines>

/** The files with the damage, under their old seal. A file that is not damaged keeps every byte. */
export function damagedFiles(files: RecordFiles, damage: Damage): RecordFiles {
  const whole = linesOf(files)
  const changed = damage(whole)
  const { header, ...streams } = changed
  if (isDeepStrictEqual({ ...whole, ...changed }, whole)) throw new Error('the damage changed nothing')
  return {
    ...files,
    ...(header === undefined ? {} : { [recordFiles.header]: Buffer.from(JSON.stringify(header)) }),
    ...Object.fromEntries(Object.entries(streams).map(([name, lines]) => [streamFile(name), written(lines)])),
  }
}

function linesOf(files: RecordFiles): RecordLines {
  const lines = (name: string) =>
    (files[streamFile(name)]?.toString() ?? '')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line))
  return {
    header: JSON.parse(files[recordFiles.header]?.toString() ?? '{}') as RecordLines['header'],
    timeline: lines('timeline') as TimelineEntry[],
    captures: lines('captures') as CapturedEvent[],
    observations: lines('observations') as ObservationEntry[],
    machine: lines('machine') as MachineLine[],
  }
}

/** A new line has a place for its number, which a new seal fills in. */
function written(lines: readonly object[]): Buffer {
  const texts = lines.map((line) => `${JSON.stringify({ [lineNumberField]: 0, ...line })}\n`)
  return Buffer.from(texts.join(''))
}
