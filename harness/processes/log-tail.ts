// The end of a log, for errors that have to say why a process failed.
import { open } from 'node:fs/promises'
import { stripVTControlCharacters } from 'node:util'
import { temporaryDisk, type Disk } from '../core/disk-full.ts'

const tailBytes = 64 * 1024
const lineLength = 400

/** The log of a service, wherever it is kept. */
export interface Log {
  /** Where a person finds it. */
  readonly where: string
  /** The disk that the service writes to. */
  readonly disk: Disk
  /** The last 64 KiB; empty if there is none. */
  end(): Promise<string>
}

export function fileLog(file: string): Log {
  return { where: file, disk: temporaryDisk, end: () => endOf(file) }
}

/** The last lines of a log, indented and cut if they are long; a sentence instead if the log is empty. */
export async function tailOf(log: Log, lines = 20): Promise<string> {
  return lastLines(await log.end(), lines, log.where)
}

/** As `tailOf`, of a file. */
export async function logTail(file: string, lines?: number): Promise<string> {
  return tailOf(fileLog(file), lines)
}

/** The last 64 KiB of a file, empty if it does not exist. */
export async function endOf(file: string): Promise<string> {
  try {
    await using handle = await open(file)
    const { size } = await handle.stat()
    const start = Math.max(0, size - tailBytes)
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(size - start), position: start })
    return buffer.toString('utf8', 0, bytesRead)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw thrown
  }
}

export function lastLines(text: string, lines: number, file: string): string {
  const last = stripVTControlCharacters(text).split('\n').filter((line) => line.trim() !== '').slice(-lines) // prettier-ignore
  if (last.length === 0) return `  (${file} is empty)`
  return last.map((line) => `  ${cut(asSentence(line))}`).join('\n')
}

/** A line of Temporal's JSON log as people read logs, without the cluster trace that hides the message. */
function asSentence(line: string): string {
  const entry = parsed(line)
  if (entry === undefined) return line
  const { ts, level, service, msg, error } = entry
  return [ts, level, service && `${service}:`, msg, error && `(${error})`].filter(Boolean).join(' ')
}

type Entry = Partial<Record<'ts' | 'level' | 'service' | 'msg' | 'error', string>>

function parsed(line: string): Entry | undefined {
  try {
    const entry: unknown = JSON.parse(line)
    return typeof entry === 'object' && entry !== null && 'msg' in entry ? (entry as Entry) : undefined
  } catch {
    return undefined
  }
}

function cut(line: string): string {
  return line.length > lineLength ? `${line.slice(0, lineLength)}…` : line
}
