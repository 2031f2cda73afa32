// Reads a record back from its folder: how the engine judges a run it just made, and `analyze` an old one.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { ChaosError } from '../core/errors.ts'
import { recordFiles } from './recorder.ts'
import { runRecordSchema, type RunRecord } from './record.ts'
import { upgradeTimelineEntry } from './upgrade.ts'

/** @throws ChaosError `CHAOS_RECORD_INVALID` where a file is missing or is not what its schema says */
export async function readRecord(folder: string): Promise<RunRecord> {
  const raw = {
    header: await readJson(path.join(folder, recordFiles.header)),
    timeline: (await readLines(path.join(folder, recordFiles.timeline))).map(upgradeTimelineEntry),
    captures: await readLines(path.join(folder, recordFiles.captures)),
    observations: await readLines(path.join(folder, recordFiles.observations)),
    effects: await readLines(path.join(folder, recordFiles.effects)),
  }
  const record = runRecordSchema.safeParse(raw)
  if (record.success) return record.data
  throw new ChaosError(`the record in ${folder} is not valid: ${z.prettifyError(record.error)}`, {
    code: 'CHAOS_RECORD_INVALID',
  })
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (thrown) {
    throw new ChaosError(`${file} cannot be read`, { code: 'CHAOS_RECORD_INVALID', cause: thrown })
  }
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (thrown) {
    throw new ChaosError(`${where} is not JSON`, { code: 'CHAOS_RECORD_INVALID', cause: thrown })
  }
}

async function readJson(file: string): Promise<unknown> {
  return parse(await readText(file), file)
}

async function readLines(file: string): Promise<unknown[]> {
  const lines = (await readText(file)).split('\n').filter((line) => line !== '')
  return lines.map((line, index) => parse(line, `${file}:${index + 1}`))
}
