// Reads a record from its folder, both for a run that just ended and for an old run that `analyze` judges.
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { ChaosError } from '../core/errors.ts'
import { recordFiles, streamFile } from './files.ts'
import { observationEntrySchema } from './observation.ts'
import { partByKind } from './opaque.ts'
import { runRecordSchema, type RunRecord } from './record.ts'
import { timelineEntrySchema, type TimelineEntry } from './timeline.ts'
import { upgradeHeader, upgradeTimelineEntry } from './upgrade.ts'

/**
 * @throws ChaosError `CHAOS_RECORD_INVALID` if a file is missing or violates its schema;
 *   `CHAOS_RECORD_TOO_NEW` if a
 * newer version of the harness wrote the record
 */
export async function readRecord(folder: string): Promise<RunRecord> {
  const headerFile = path.join(folder, recordFiles.header)
  const header = upgradeHeader(parse(await readText(headerFile), headerFile), headerFile)
  const lines = (name: string) => readLines(path.join(folder, name))
  const timeline = (await lines(recordFiles.timeline)).map(upgradeTimelineEntry)
  const entries = partByKind(timeline, timelineEntrySchema)
  const observations = partByKind(await lines(recordFiles.observations), observationEntrySchema)
  const record = runRecordSchema.safeParse({
    header,
    timeline: entries.known,
    captures: await lines(recordFiles.captures),
    observations: observations.known,
    effects: await lines(recordFiles.effects),
    opaque: {
      timeline: entries.opaque,
      observations: observations.opaque,
      streams: await otherStreams(folder),
    },
  })
  if (record.success) return record.data
  throw invalid(`the record in ${folder} is not valid: ${z.prettifyError(record.error)}`)
}

/** @throws ChaosError `CHAOS_RECORD_INVALID`; the rest of the record is not looked at */
export async function readTimeline(folder: string): Promise<TimelineEntry[]> {
  const file = path.join(folder, recordFiles.timeline)
  const { known } = partByKind((await readLines(file)).map(upgradeTimelineEntry), timelineEntrySchema)
  const timeline = z.array(timelineEntrySchema).safeParse(known)
  if (timeline.success) return timeline.data
  throw invalid(`${file} is not valid: ${z.prettifyError(timeline.error)}`)
}

async function otherStreams(folder: string): Promise<Record<string, unknown[]>> {
  const known = new Set<string>(Object.values(recordFiles))
  const files = (await readdir(folder)).filter((file) => file.endsWith(streamFile('')) && !known.has(file))
  const streams = files.map(async (file) => {
    return [path.basename(file, streamFile('')), await readLines(path.join(folder, file))] as const
  })
  return Object.fromEntries(await Promise.all(streams))
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (thrown) {
    throw invalid(`${file} cannot be read`, thrown)
  }
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (thrown) {
    throw invalid(`${where} is not JSON`, thrown)
  }
}

async function readLines(file: string): Promise<unknown[]> {
  const lines = (await readText(file)).split('\n').filter((line) => line !== '')
  return lines.map((line, index) => parse(line, `${file}:${index + 1}`))
}

function invalid(message: string, cause?: unknown): ChaosError {
  return new ChaosError(message, {
    code: 'CHAOS_RECORD_INVALID',
    hint: `A record is the folder of a run: ${Object.values(recordFiles).join(', ')}.`,
    ...(cause === undefined ? {} : { cause }),
  })
}
