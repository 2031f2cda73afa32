import { expect, test } from 'vitest'
import { parseCores, parsePressure, readMachineLoad, whyNoPressure } from './load.ts'

test('pressure is the total of those that waited, in milliseconds', () => {
  const text =
    'some avg10=20.80 avg60=42.21 avg300=32.26 total=7824425949\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=5\n'
  expect(parsePressure(text)).toBeCloseTo(7_824_425.949)
  expect(() => parsePressure('full avg10=0.00')).toThrow('no total of "some"')
})

test('the cores are busy with everything but idling and waiting for the disk', () => {
  const stat = 'cpu  1487280 35585 358170 1441823 5839 7 15178 3011 11 12\ncpu0 1 2 3 4 5 6 7 8 9 10\n'
  expect(parseCores(stat)).toEqual({
    busyMs: (1_487_280 + 35_585 + 358_170 + 7 + 15_178) * 10,
    stolenMs: 30_110,
  })
})

test('this machine tells its load; what it cannot tell is absent', () => {
  const load = readMachineLoad()
  expect(load.load).toBeGreaterThanOrEqual(0)
  expect(load.pressureMs === undefined).toBe(whyNoPressure() !== null)
  expect(load.cores === undefined).toBe(process.platform !== 'linux')
  expect(load.cores?.busyMs ?? 1).toBeGreaterThan(0)
})
