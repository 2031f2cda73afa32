// Reads a record from its folder, both for a run that just ended and for an old run that `analyze` judges.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { recordFiles, sealFile, streamFile } from './files.ts'
import { firstSealedSchema } from './header.ts'
import { machineLineSchema } from './machine.ts'
import { observationEntrySchema } from './observation.ts'
import { partByKind } from './opaque.ts'
import { invalid, linesOf, parseJson, readRecordFiles, sealDamage, type RecordFiles } from './read-files.ts'
import { runRecordSchema, type RunRecord } from './record.ts'
import { timelineEntrySchema, type TimelineEntry } from './timeline.ts'
import { schemaOf, upgradeHeader, upgradeTimelineEntry } from './upgrade.ts'

/**
 * @throws ChaosError `CHAOS_RECORD_INVALID` if a file is missing or violates its schema;
 *   `CHAOS_RECORD_TOO_NEW` if a
 * newer version of the harness wrote the record
 */
export async function readRecord(folder: string): Promise<RunRecord> {
  return parseRecord(await readRecordFiles(folder), folder)
}

/** @param folder where the files come from, for messages @throws as `readRecord` */
export function parseRecord(files: RecordFiles, folder: string): RunRecord {
  const headerFile = path.join(folder, recordFiles.header)
  const written = parseJson(contentOf(files, recordFiles.header, folder), headerFile)
  const header = upgradeHeader(written, headerFile)
  const schema = schemaOf(written)
  const lineDamage: string[] = []
  const lines = (name: string) => {
    // The ledger numbers its own lines: `sequence`.
    const isNumbered = schema >= firstSealedSchema && name !== recordFiles.effects
    const { values, damage } = linesOf(contentOf(files, name, folder), path.join(folder, name), isNumbered)
    lineDamage.push(...damage)
    return values
  }
  const entries = partByKind(lines(recordFiles.timeline).map(upgradeTimelineEntry), timelineEntrySchema)
  const observations = partByKind(lines(recordFiles.observations), observationEntrySchema)
  const { machine: machineLines = [], ...streams } = Object.fromEntries(
    otherStreams(files).map((name) => [path.basename(name, streamFile('')), lines(name)]),
  )
  const machine = partByKind(machineLines, machineLineSchema)
  const record = runRecordSchema.safeParse({
    header,
    timeline: entries.known,
    captures: lines(recordFiles.captures),
    observations: observations.known,
    effects: lines(recordFiles.effects),
    machine: machine.known,
    opaque: {
      timeline: entries.opaque,
      observations: observations.opaque,
      streams: machine.opaque.length === 0 ? streams : { ...streams, machine: machine.opaque },
    },
    stored: { schema, damage: [...sealDamage(files, schema, folder), ...lineDamage] },
  })
  if (record.success) return record.data
  throw invalid(`the record in ${folder} is not valid: ${z.prettifyError(record.error)}`)
}

/** @throws ChaosError `CHAOS_RECORD_INVALID`; the rest of the record is not looked at */
export async function readTimeline(folder: string): Promise<TimelineEntry[]> {
  const file = path.join(folder, recordFiles.timeline)
  const content = await readFile(file).catch((thrown: unknown) => {
    throw invalid(`${file} cannot be read`, thrown)
  })
  const { values } = linesOf(content, file, true)
  const { known } = partByKind(values.map(upgradeTimelineEntry), timelineEntrySchema)
  const timeline = z.array(timelineEntrySchema).safeParse(known)
  if (timeline.success) return timeline.data
  throw invalid(`${file} is not valid: ${z.prettifyError(timeline.error)}`)
}

function contentOf(files: RecordFiles, name: string, folder: string): Buffer {
  const content = files[name]
  if (content !== undefined) return content
  throw invalid(`${path.join(folder, name)} is missing`)
}

function otherStreams(files: RecordFiles): string[] {
  const known = new Set<string>([...Object.values(recordFiles), sealFile])
  return Object.keys(files).filter((name) => !known.has(name))
}
