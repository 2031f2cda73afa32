// A neighbour for experiments: keeps cores and the disk busy beside whatever else runs, and ends by itself.
//
//   pnpm load --loops 2 --fsync --for 10m
//
// Each loop is a process that never waits, so it competes for a core as any other program does.
import { spawn } from 'node:child_process'
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import parseDuration from 'parse-duration'

const bounds = { loops: 64, forMs: 4 * 3_600_000 }
const roleVariable = 'CHAOS_LOAD_ROLE'

const parent = process.ppid

/** Ends in time, and with its parent, even if that was killed and can tell nobody. */
const goesOn = (untilMs: number) => Date.now() < untilMs && process.ppid === parent

function burn(untilMs: number): void {
  while (goesOn(untilMs)) for (let turn = 0; turn < 1e6; turn += 1) Math.sqrt(turn)
}

/** Writes a page and waits until the disk has it, again and again, into one place of one file. */
function sync(untilMs: number): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'chaos-load-'))
  const file = openSync(path.join(folder, 'pages'), 'w')
  const page = Buffer.alloc(64 * 1024, 1)
  process.on('SIGTERM', () => process.exit(0))
  process.on('exit', () => {
    closeSync(file)
    rmSync(folder, { recursive: true, force: true })
  })
  const turn = () => {
    if (!goesOn(untilMs)) process.exit(0)
    writeSync(file, page, 0, page.length, 0)
    fdatasyncSync(file)
    setImmediate(turn)
  }
  turn()
}

function start(role: 'burn' | 'sync', untilMs: number) {
  const env = { ...process.env, [roleVariable]: `${role} ${untilMs}` }
  // A session for each: a kernel that groups tasks by session would share one part of the CPU among all loops.
  return spawn(process.execPath, [fileURLToPath(import.meta.url)], { env, stdio: 'inherit', detached: true })
}

function main(): void {
  const { values } = parseArgs({
    options: {
      loops: { type: 'string', default: '1' },
      fsync: { type: 'boolean', default: false },
      for: { type: 'string', default: '5m' },
    },
  })
  const loops = Number(values.loops)
  const forMs = parseDuration(values.for) ?? Number.NaN
  if (
    !Number.isInteger(loops) ||
    loops < 0 ||
    loops > bounds.loops ||
    !(forMs > 0 && forMs <= bounds.forMs)
  ) {
    process.stderr.write(`load: --loops takes 0 to ${bounds.loops}, --for at most 4h\n`)
    process.exitCode = 2
    return
  }
  const untilMs = Date.now() + forMs
  const roles = [
    ...Array.from({ length: loops }, () => 'burn' as const),
    ...(values.fsync ? ['sync' as const] : []),
  ]
  const children = roles.map((role) => start(role, untilMs))
  const end = () => {
    for (const child of children) child.kill('SIGTERM')
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end)
  process.stdout.write(`load: ${roles.join(', ') || 'nothing'} for ${values.for}, pid ${process.pid}\n`)
}

const [role, until = '0'] = (process.env[roleVariable] ?? '').split(' ')
if (role === 'burn') burn(Number(until))
else if (role === 'sync') sync(Number(until))
else main()
