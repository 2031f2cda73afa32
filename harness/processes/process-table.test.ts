import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { parseMarked, parseRows } from './process-table-darwin.ts'
import { parseStat } from './process-table-linux.ts'
import { markedPids, processTable, startOf } from './process-table.ts'

const mark = { id: '0123456789abcdef', folder: '/tmp/temporal-chaos-0123456789abcdef' }

test('a stat line is read past a name that looks like more of it', () => {
  const stat = '42 (a) S 7 (b) T 7 41 40 0 -1 4194304 1 2 3 4 5 6 7 8 20 0 1 0 123456 9 10'
  expect(parseStat(stat, 'boot')).toEqual({
    pid: 42,
    state: 'T',
    parent: 7,
    group: 41,
    started: 'boot:123456',
  })
})

test('lines of ps are read with the whole start time', () => {
  const text = '  812     1   812 Ss+  Fri Nov 21 10:38:01 2026\n 1 0 1 S Fri Nov 21 10:38:00 2026\n\n'
  expect(parseRows(text)).toEqual([
    { pid: 812, parent: 1, group: 812, state: 'S', started: 'Fri Nov 21 10:38:01 2026' },
    { pid: 1, parent: 0, group: 1, state: 'S', started: 'Fri Nov 21 10:38:00 2026' },
  ])
})

test('the ps of this machine is read as the one of macOS is', () => {
  const { stdout } = spawnSync('ps', ['-axo', 'pid=,ppid=,pgid=,stat=,lstart='], { encoding: 'utf8' })
  expect(parseRows(stdout).find(({ pid }) => pid === process.pid)?.parent).toBe(process.ppid)
})

test('a mark counts as a variable or as a program in the folder, and nothing else does', () => {
  const text = [
    ' 1 sleep 9 CHAOS_SESSION=0123456789abcdef HOME=/',
    ' 2 sleep 9 HOME=/ CHAOS_SESSION=0123456789abcdef',
    ' 3 sleep 9 CHAOS_SESSION=0123456789abcdef0',
    ' 4 sleep 9 XCHAOS_SESSION=0123456789abcdef',
    ' 5 /tmp/temporal-chaos-0123456789abcdef/cluster/postgres -D x',
    ' 6 ls /tmp/temporal-chaos-0123456789abcdef/cluster',
    ' 7 /tmp/temporal-chaos-0123456789abcdef0/postgres',
  ].join('\n')
  expect([...parseMarked(text, mark)]).toEqual([1, 2, 5])
})

test('the table of this machine holds this process', () => {
  const own = processTable().find(({ pid }) => pid === process.pid)
  expect(own).toMatchObject({ parent: process.ppid, started: startOf(process.pid) })
  expect(markedPids(mark)).toEqual(new Set())
})

test('a pid that is not there has no start', () => {
  expect(startOf(2 ** 22 + 1)).toBeUndefined()
})
