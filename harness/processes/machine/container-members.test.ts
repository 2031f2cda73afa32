import { expect, test } from 'vitest'
import type { ProcessRow } from '../process-row.ts'
import { ContainerMembers, readGroups } from './container-members.ts'

const row = (pid: number, started = 'boot:1'): ProcessRow => ({
  pid,
  parent: 1,
  group: pid,
  state: 'S',
  started,
})
const id = 'ab12'.repeat(16)

test('the processes of a container are found by their control group, with each kind of path', () => {
  const groups = new Map([
    [1, '0::/init.scope\n'],
    [2, `0::/system.slice/docker-${id}.scope\n`],
    [3, `12:cpu,cpuacct:/docker/${id}\n0::/docker/${id}\n`],
    [4, `0::/docker/${'cd34'.repeat(16)}\n`],
  ])
  const members = new ContainerMembers((pid) => groups.get(pid) ?? '')
  const rows = [row(1), row(2), row(3), row(4)]
  expect(members.of([id], rows).map(({ pid }) => pid)).toEqual([2, 3])
  expect(members.of([], rows)).toEqual([])
})

test('a process is read once, and again only if its number was given to another', () => {
  const read: number[] = []
  const members = new ContainerMembers((pid) => {
    read.push(pid)
    return ''
  })
  members.of([id], [row(1), row(2)])
  members.of([id], [row(1), row(2, 'boot:9')])
  expect(read).toEqual([1, 2, 2])
})

test('a process that is gone has no groups', () => {
  expect(readGroups(2 ** 30)).toBe('')
})
