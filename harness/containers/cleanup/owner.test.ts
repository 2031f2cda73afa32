import { expect, test } from 'vitest'
import { startOf } from '../../processes/process-table.ts'
import { ownerLabel } from './labels.ts'
import { stateOfOwner, readOwner, sessionLabels, thisHost, type Owner, type HarnessHost } from './owner.ts'

const here: HarnessHost = { pidSpace: 'vm pid:[1]', boot: 'now', machine: 'm1', uid: 7 }
const owner: Owner = { ...here, pid: 12, started: 'now:100' }
const started = (pid: number) => (pid === 12 ? 'now:100' : undefined)

test('this process owns what it makes, and is seen to live', () => {
  const own = readOwner(sessionLabels('a')[ownerLabel])
  expect(own).toMatchObject({ ...thisHost(), pid: process.pid, started: startOf(process.pid) })
  expect(stateOfOwner(own, thisHost())).toBe('alive')
})

test.each<[string, Partial<Owner>, Partial<HarnessHost>, string]>([
  ['as it says', {}, {}, 'alive'],
  ['its pid is nobody’s', { pid: 13 }, {}, 'dead'],
  ['its pid is another’s now', { started: 'now:99' }, {}, 'dead'],
  ['another user’s, and root looks', { uid: 8, pid: 13 }, { uid: 0 }, 'dead'],
  ['another user’s: its process may be hidden', { uid: 8, pid: 13 }, {}, 'unknown'],
  ['another container’s on this machine', { pidSpace: 'vm pid:[2]', pid: 13 }, {}, 'unknown'],
  ['another machine’s', { pidSpace: 'other pid:[1]', boot: 'b', machine: 'm2' }, {}, 'unknown'],
  ['this machine’s, before it was started anew', { boot: 'before', started: 'before:1' }, {}, 'rebooted'],
  ['another machine’s of the same name', { boot: 'b', machine: 'm2' }, {}, 'unknown'],
  ['of machines without a number', { boot: 'b', machine: '' }, { machine: '' }, 'unknown'],
  ['of machines that do not tell of boots', { boot: '' }, { boot: '' }, 'unknown'],
])('%s', (_, its, ours, fate) => {
  expect(stateOfOwner({ ...owner, ...its }, { ...here, ...ours }, started)).toBe(fate)
})

test.each([undefined, '', 'of somebody else', '{"pid":1}'])('%j says nothing of an owner', (text) => {
  expect(readOwner(text)).toBeUndefined()
  expect(stateOfOwner(readOwner(text), here, started)).toBe('unknown')
})
