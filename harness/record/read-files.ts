// Reads the files of a record as they are on disk, and says in what they differ from what was written.
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { ChaosError } from '../core/errors.ts'
import { recordFiles, sealFile, streamFile } from './files.ts'
import { firstSealedSchema } from './header.ts'
import { differencesFrom, lineNumberField, sealedFile, sealSchema, type Seal } from './seal.ts'

/** The content of a record's files by name. */
export type RecordFiles = Readonly<Record<string, Buffer>>

/** The header, every stream, and the seal if there is one. @throws ChaosError `CHAOS_RECORD_INVALID` */
export async function readRecordFiles(folder: string): Promise<RecordFiles> {
  const names = await namesIn(folder)
  const read = names.map(async (name) => [name, await readOrThrow(path.join(folder, name))] as const)
  return Object.fromEntries(await Promise.all(read))
}

async function namesIn(folder: string): Promise<string[]> {
  const required: readonly string[] = Object.values(recordFiles)
  const present = await readdir(folder).catch((thrown: unknown) => {
    throw invalid(`${folder} cannot be read`, thrown)
  })
  const others = present.filter((name) => name.endsWith(streamFile('')) && !required.includes(name))
  return [...required, ...others, ...present.filter((name) => name === sealFile)]
}

async function readOrThrow(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (thrown) {
    throw invalid(`${file} cannot be read`, thrown)
  }
}

/** @throws ChaosError `CHAOS_RECORD_INVALID` */
export function parseJson(content: Buffer | string, where: string): unknown {
  try {
    return JSON.parse(content.toString())
  } catch (thrown) {
    throw invalid(`${where} is not JSON`, thrown)
  }
}

export interface Lines {
  /** The values of the lines, without their numbers. */
  readonly values: readonly unknown[]
  /** What is wrong with the lines as lines. */
  readonly damage: readonly string[]
}

/**
 * @param isNumbered whether the record's schema numbers its lines
 * @throws ChaosError `CHAOS_RECORD_INVALID`
 */
export function linesOf(content: Buffer, file: string, isNumbered: boolean): Lines {
  const text = content.toString()
  const lines = text.split('\n').filter((line) => line !== '')
  const values = lines.map((line, index) => parseJson(line, `${file}:${index + 1}`))
  const name = path.basename(file)
  const wrong = values.flatMap((value, index) => wrongNumber(value, index + 1, isNumbered))
  const [first] = wrong
  return {
    values: values.map(withoutNumber),
    damage: [
      ...(text === '' || text.endsWith('\n') ? [] : [`the last line of ${name} has no end`]),
      ...(first === undefined ? [] : [`${name}: ${first}`]),
    ],
  }
}

/** Only the first line with a wrong number is told: those after it are shifted by the same loss. */
function wrongNumber(value: unknown, line: number, isNumbered: boolean): string[] {
  const number = numberOf(value)
  if (!isNumbered) return number === undefined ? [] : [`line ${line} is numbered, as in newer records`]
  if (number === line) return []
  return [`line ${line} carries ${number === undefined ? 'no number' : `number ${JSON.stringify(number)}`}`]
}

function numberOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, lineNumberField) : undefined
}

function withoutNumber(value: unknown): unknown {
  if (numberOf(value) === undefined) return value
  const { [lineNumberField]: _number, ...rest } = value as Readonly<Record<string, unknown>>
  return rest
}

/** What the seal says of the files. @param schema as the header was written @throws ChaosError `CHAOS_RECORD_INVALID` */
export function sealDamage(files: RecordFiles, schema: number, folder: string): string[] {
  const { [sealFile]: content, ...others } = files
  const shouldBeSealed = schema >= firstSealedSchema
  if (content === undefined) {
    return shouldBeSealed ? [`the record has no seal: it was never finished, or ${sealFile} was lost`] : []
  }
  if (!shouldBeSealed) return [`a record of schema ${schema} has no seal, but ${sealFile} is there`]
  return differencesFrom(
    sealIn(content, path.join(folder, sealFile)),
    Object.fromEntries(Object.entries(others).map(([name, one]) => [name, sealedFile(one)])),
  )
}

function sealIn(content: Buffer, file: string): Seal {
  const seal = sealSchema.safeParse(parseJson(content, file))
  if (seal.success) return seal.data
  throw invalid(`${file} is not valid: ${z.prettifyError(seal.error)}`)
}

export function invalid(message: string, cause?: unknown): ChaosError {
  return new ChaosError(message, {
    code: 'CHAOS_RECORD_INVALID',
    hint: `A record is the folder of a run: ${[...Object.values(recordFiles), sealFile].join(', ')}.`,
    ...(cause === undefined ? {} : { cause }),
  })
}
