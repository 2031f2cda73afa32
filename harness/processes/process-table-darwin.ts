// The process table by `ps`, for systems without /proc.
import { spawnSync } from 'node:child_process'
import { sep } from 'node:path'
import { markVariable, type ProcessRow, type SessionMark } from './process-row.ts'

const columns = 'pid=,ppid=,pgid=,stat=,lstart='
const withEnvironment = ['-axEwwo', 'pid=,command=']

export function darwinRows(): ProcessRow[] {
  return parseRows(ps(['-axo', columns]))
}

export function darwinRow(pid: number): ProcessRow | undefined {
  return parseRows(ps(['-o', columns, '-p', String(pid)]))[0]
}

export function darwinCommand(pid: number): string | undefined {
  return ps(['-wwo', 'command=', '-p', String(pid)]).trim() || undefined
}

export function darwinMarked(mark: SessionMark): Set<number> {
  return parseMarked(ps(withEnvironment), mark)
}

/** @param variable `NAME=value` */
export function darwinWithVariable(variable: string): Set<number> {
  return pidsWhose(ps(withEnvironment), (command) => hasVariable(command, variable))
}

/** Lines such as `  812   1   812 Ss   Fri Nov 21 10:38:01 2026`. */
export function parseRows(text: string): ProcessRow[] {
  return text.split('\n').flatMap((line) => {
    const [pid, parent, group, state, ...started] = line.trim().split(/\s+/)
    if (started.length === 0) return []
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        state: state?.[0] ?? '?',
        started: started.join(' '),
      },
    ]
  })
}

/** Lines of a pid, the command line and, of our own processes, the environment. */
export function parseMarked(text: string, mark: SessionMark): Set<number> {
  const variable = `${markVariable}=${mark.id}`
  const carries = (command: string) => command.startsWith(mark.folder + sep) || hasVariable(command, variable)
  return pidsWhose(text, carries)
}

function hasVariable(command: string, variable: string): boolean {
  return ` ${command} `.includes(` ${variable} `)
}

function pidsWhose(text: string, carries: (command: string) => boolean): Set<number> {
  const lines = text.split('\n').map((line) => /^\s*(\d+)\s+(.*)$/.exec(line))
  return new Set(lines.flatMap((match) => (match && carries(match[2] ?? '') ? [Number(match[1])] : [])))
}

/** `ps` exits with 1 if no process matches. */
function ps(args: string[]): string {
  const result = spawnSync('ps', args, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '/bin:/usr/bin', LC_ALL: 'C' },
    maxBuffer: 64 * 1024 * 1024,
  })
  if (result.error) throw result.error
  return result.stdout
}
