// A separate place for one test of the command line: a temporary folder that is in the environment of every
// process started there, so that leftover processes can be found.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { markedPids } from '../../harness/processes/process-table.ts'

export interface SeenProcess {
  readonly pid: number
  readonly command: string
}

export interface Place extends AsyncDisposable {
  /** The `TMPDIR` of everything started here. */
  readonly tmp: string
  readonly reports: string
  /** Living processes with this place in their environment or command line, or with a program in it. */
  processes(): SeenProcess[]
  /** Names in the temporary folder. */
  folders(): string[]
}

export async function openPlace(): Promise<Place> {
  const root = await mkdtemp(path.join(tmpdir(), 'chaos-place-'))
  const tmp = path.join(root, 'tmp')
  const reports = path.join(root, 'reports')
  await mkdir(tmp)
  // The database runs as another user if we are root, and must get in.
  await chmod(root, 0o711)
  await chmod(tmp, 0o711)
  return {
    tmp,
    reports,
    processes() {
      // PostgreSQL's children overwrite their environment and command line, so only their program identifies
      // them.
      const programs = markedPids({ id: 'none', folder: tmp })
      return seenProcesses().filter(
        ({ pid, command, environment }) => programs.has(pid) || `${command} ${environment}`.includes(tmp),
      )
    },
    folders: () => readdirSync(tmp).filter((name) => name.startsWith('temporal-chaos-')),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  }
}

function seenProcesses(): (SeenProcess & { readonly environment: string })[] {
  if (!existsSync('/proc/self/environ')) return psProcesses()
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    const command = readProc(name, 'cmdline')
    return command === '' ? [] : [{ pid: Number(name), command, environment: readProc(name, 'environ') }]
  })
}

/** Empty if the process has ended meanwhile or is a zombie. */
function readProc(pid: string, file: string): string {
  try {
    return readFileSync(path.join('/proc', pid, file), 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

function psProcesses() {
  const lines = execFileSync('ps', ['-axEww', '-o', 'pid=,command='], { encoding: 'utf8' }).trim().split('\n')
  return lines.map((line) => ({ pid: Number.parseInt(line, 10), command: line, environment: '' }))
}
