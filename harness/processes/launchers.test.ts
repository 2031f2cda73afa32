import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { brokenLauncher, findLaunchers, launchersOf } from './launchers.ts'

/** Processes by pid, from this one (pid 1000) upwards. */
function above(...commands: readonly string[]) {
  const pids = [1000, ...commands.map((_, index) => 999 - index), 1]
  const rows = pids.map((pid, index) => ({ pid, parent: pids[index + 1] ?? 0 }))
  const commandAt = (pid: number) => (pid === 1 ? 'init' : commands[999 - pid])
  return findLaunchers(1000, rows, commandAt).map(({ pid, name, child }) => [name, pid, child])
}

describe('launchers are the package managers above, with the shells of their scripts', () => {
  test('npx, pnpm and what is between them', () => {
    const found = above('pnpm chaos run', "sh -c 'pnpm' chaos run", 'npm exec pnpm@12 chaos run', '-bash')
    expect(found).toEqual([
      ['pnpm', 999, 1000],
      ['npm', 998, 999],
      ['npm', 997, 998],
    ])
  })

  test('a package manager that keeps its command line', () => {
    expect(above('node --no-warnings /usr/lib/npm/bin/npx-cli.js chaos')).toEqual([['npx', 999, 1000]])
    expect(above('/usr/bin/node /opt/pnpm/bin/pnpm.cjs chaos', 'bash')).toEqual([['pnpm', 999, 1000]])
  })

  test.each([
    [['bash']],
    [['sh -c npx pnpm chaos & exit']],
    [['systemd --user']],
    [['node /runner/bin/agent.js run npm', 'systemd']],
    [[]],
  ])('none: %j', (commands) => {
    expect(above(...commands)).toEqual([])
  })

  test('whatever started a package manager may end', () => {
    expect(above('pnpm chaos', 'bash ./nightly.sh', 'npm run nightly')).toEqual([['pnpm', 999, 1000]])
  })
})

test('a package manager that is killed is missed, before its own parent has looked', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-launchers-'))
  const manager = path.join(folder, 'pnpm.cjs')
  await writeFile(
    manager,
    `const { spawn } = require('node:child_process')
     console.log(spawn('sleep', ['600'], { detached: true, stdio: 'ignore' }).pid)`,
  )
  // `outer` does not wait for it, so the killed manager stays a zombie, as with a busy supervisor.
  const outer = spawn('/bin/sh', ['-c', '"$0" "$1" & echo $!; exec sleep 600', process.execPath, manager], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    let text = ''
    outer.stdout.setEncoding('utf8').on('data', (part: string) => (text += part))
    await expect.poll(() => text).toMatch(/\d+\n\d+\n/)
    const [pid = 0, child = 0] = text.split('\n').map(Number)
    const launchers = launchersOf(child)
    expect(launchers).toEqual([{ pid, name: 'pnpm', child }])
    expect(brokenLauncher(launchers)).toBeUndefined()
    process.kill(pid, 'SIGTERM')
    await expect.poll(() => brokenLauncher(launchers)).toBe('pnpm')
    process.kill(child)
  } finally {
    outer.kill('SIGKILL')
    await once(outer, 'exit')
    await rm(folder, { recursive: true })
  }
})
