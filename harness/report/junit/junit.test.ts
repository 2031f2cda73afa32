import { readFile } from 'node:fs/promises'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'
import { expect, test } from 'vitest'
import {
  checksThatFound,
  lateFinding,
  sampleResult,
  sampleRun,
  sampleScenario,
  troubledRuns,
} from '../../../test/support/campaign-results.ts'
import type { CampaignResult } from '../../result/campaign-result.ts'
import type { NamedFinding } from '../../result/check-result.ts'
import { renderJunit } from './junit.ts'

const schema = await readFile(new URL('../../../test/support/junit.xsd', import.meta.url), 'utf8')

/** Validates the report against the schema with libxml2. The returned function evaluates XPath on it. */
function read(result: CampaignResult): (xpath: string) => unknown {
  const xml = renderJunit(result)
  using xsd = XmlDocument.fromString(schema)
  using validator = XsdValidator.fromDoc(xsd)
  using report = XmlDocument.fromString(xml)
  validator.validate(report)
  return (xpath) => {
    using again = XmlDocument.fromString(xml)
    return again.eval(xpath)
  }
}

const mixed = sampleScenario([sampleRun(1), ...troubledRuns])

test('a passing run shows its settings and how long it took', () => {
  const xpath = read(sampleResult([sampleScenario([sampleRun(1), sampleRun(2)])], 2))
  expect(xpath('string(/testsuites/@tests)')).toBe('2')
  expect(xpath('count(//failure | //error | //skipped)')).toBe(0)
  expect(xpath('string(//testsuite/@timestamp)')).toBe('2026-11-21T10:00:00')
  expect(xpath('string(//testsuite/@time)')).toBe('8.42')
  expect(xpath('string(/testsuites/@time)')).toBe('8.42')
  const first = '//testcase[@name="kill-worker-mid-sleep #1"]'
  expect(xpath(`string(${first}/@classname)`)).toBe('kill-worker-mid-sleep')
  expect(xpath(`string(${first}/@time)`)).toBe('4.21')
  const property = (name: string) => xpath(`string(${first}/properties/property[@name="${name}"]/@value)`)
  expect(Object.fromEntries(['seed', 'campaignSeed', 'profile', 'backend'].map((name) => [name, property(name)])))
    .toEqual({ seed: '1001', campaignSeed: '42', profile: 'tuned', backend: 'process' }) // prettier-ignore
  expect(property('recoveryMs')).toBe('1030')
  expect(property('awayMs of kill-worker')).toBe('980')
  expect(property('clockErrorMs')).toBe('2')
  expect(property('cause')).toBe(
    'sticky schedule-to-start timeout, 1.00 s (stickyQueueScheduleToStartTimeout)',
  )
})

test('a run shows the load of its machine, if that was seen', () => {
  const machine = {
    waiting: 0.034,
    cpuPressure: 0.617,
    ioPressure: null,
    memoryPressure: 0,
    load: 4,
    standstillMs: 320.4,
  }
  const xpath = read(sampleResult([sampleScenario([sampleRun(1, { machine }), sampleRun(2)])], 2))
  const property = (run: number, name: string) =>
    xpath(`string(//testcase[@name="kill-worker-mid-sleep #${run}"]//property[@name="${name}"]/@value)`)
  expect(property(1, 'cpuPressurePercent')).toBe('62')
  expect(property(1, 'waitingForCoresPercent')).toBe('3')
  expect(property(1, 'harnessStandstillMs')).toBe('320')
  expect(property(1, 'ioPressurePercent')).toBe('')
  expect(property(2, 'cpuPressurePercent')).toBe('')
})

test('a broken promise is a failure, every other run that did not pass is an error', () => {
  const xpath = read(sampleResult([mixed], 4))
  expect(xpath('string(/testsuites/@failures)')).toBe('1')
  expect(xpath('string(/testsuites/@errors)')).toBe('2')
  expect(xpath('string(//failure/@type)')).toBe('recovery')
  expect(xpath('string(//failure/@message)')).toBe(lateFinding.message)
  expect(xpath('string(//testcase[@name="kill-worker-mid-sleep #3"]/error/@type)')).toBe('inconclusive')
  expect(xpath('string(//testcase[@name="kill-worker-mid-sleep #4"]/error/@type)')).toBe('error')
  expect(xpath('count(//testcase[@name="kill-worker-mid-sleep #4"]//property[@name="recoveryMs"])')).toBe(0)
})

test('a run shows the answers of its checks', () => {
  const xpath = read(sampleResult([sampleScenario([sampleRun(1)])], 1))
  expect(xpath('string(//property[@name="checks"]/@value)')).toBe(
    '17 kept, 1 not checked: expectations, the scenario has no expectations of its own',
  )
})

test('a failure has the type of the check whose finding decided, even if another came first', () => {
  const health: NamedFinding = { check: 'harness-health', kind: 'harness', message: 'the wall clock moved' }
  const lost: NamedFinding = { check: 'effects', kind: 'safety', message: 'an effect was lost' }
  const run = sampleRun(1, { verdict: 'fail', reason: lost.message, checks: checksThatFound(health, lost) })
  const xpath = read(sampleResult([sampleScenario([run])], 1))
  expect(xpath('string(//failure/@type)')).toBe('effects')
  expect(xpath('string(//failure/@message)')).toBe('an effect was lost')
})

test('a drain has its own figure, and is no downtime', () => {
  const [killed] = sampleRun(1).faults
  if (killed === undefined) throw new Error('a run with a fault')
  const drained = {
    ...killed,
    kind: 'terminate-worker',
    effect: 'stopped' as const,
    confirmedAtMs: 4_500,
    outageMs: 3_300,
  }
  const xpath = read(sampleResult([sampleScenario([sampleRun(1, { faults: [drained] })])], 1))
  expect(xpath('string(//property[@name="drainMs"]/@value)')).toBe('3300')
  expect(xpath('count(//property[starts-with(@name, "awayMs")])')).toBe(0)
})

test('the body of a failure has findings, faults with evidence, and the rerun command', () => {
  const xpath = read(sampleResult([mixed], 4))
  expect(xpath('string(//failure)')).toMatchInlineSnapshot(`
    "recovery  the timer of order-7 went on after 10.02 s, allowed are 5.00 s [CHAOS_RECOVERY_SLOW]
    hint      Lower stickyQueueScheduleToStartTimeout, or run with --profile tuned.
    checks    16 kept, 1 broken (recovery), 1 not checked: expectations, the scenario has no expectations of its own
    fault     kill-worker on worker-1#1 at 1.20 s, confirmed after 4 ms, away for 980 ms; signal=SIGKILL pid=4242
    recovery  10.02 s, 5.00 s allowed; cause: sticky schedule-to-start timeout, 9.99 s (stickyQueueScheduleToStartTimeout)
    probes    after the heal: query 1.01 s
    clock     figures are exact to 2 ms
    drawn     due=after the outage
    record    runs/kill-worker-mid-sleep/2
    again     pnpm chaos run kill-worker-mid-sleep --run 2 --seed 42 --profile tuned"
  `)
})

test('required runs that were not executed are errors', () => {
  const stopped = { reason: 'interrupted', message: 'SIGINT' } as const
  const xpath = read(sampleResult([sampleScenario([sampleRun(2)])], 3, { stopped }))
  expect(xpath('string(/testsuites/@errors)')).toBe('2')
  expect(xpath('string(//testcase[@name="kill-worker-mid-sleep #3"]/error/@message)')).toBe(
    'not executed: interrupted: SIGINT',
  )
})

test('with --run only that run is required', () => {
  const result = sampleResult([sampleScenario([])], 1)
  const xpath = read({ ...result, campaign: { ...result.campaign, settings: { run: 7 } } })
  expect(xpath('string(//testcase/@name)')).toBe('kill-worker-mid-sleep #7')
})

test('a skipped scenario gives its reason', () => {
  const skipped = [{ scenario: 'pause-database', reason: 'no Docker here' }]
  const xpath = read(sampleResult([sampleScenario([sampleRun(1)])], 1, { skipped }))
  expect(xpath('string(/testsuites/@skipped)')).toBe('1')
  expect(xpath('string(//testsuite[@name="pause-database"]/testcase/skipped/@message)')).toBe(
    'no Docker here',
  )
  expect(xpath('count(//error)')).toBe(0)
})

test('a campaign that executed nothing is not green', () => {
  const xpath = read(sampleResult([], 10))
  expect(xpath('string(//error/@message)')).toBe(
    'nothing was executed: no scenario was selected that can run here',
  )
})

test('a gate that is not ok is never green, whatever the runs say', () => {
  const stopped = { reason: 'error', message: 'the cluster could not be taken down' } as const
  const xpath = read(sampleResult([sampleScenario([sampleRun(1)])], 1, { ok: false, stopped }))
  expect(xpath('string(//testsuite[@name="campaign"]//error/@message)')).toBe(
    '1 of 1 required runs were executed: error: the cluster could not be taken down',
  )
})

const hostile = [
  'a]\u0000]\u0001>b',
  ']]>\u001B[31m<script>&\uD800\uFFFE</script>',
  '',
  '\u0000',
  '<!DOCTYPE x [<!ENTITY y "z">]>&y;',
  `${'x'.repeat(100_000)}\n::error::`,
]

/** Copies of a value with one text in each replaced: those of its own fields, not of an enumeration. */
function withText(value: unknown, text: string): unknown[] {
  if (typeof value === 'string') return isFree(value) ? [text] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    withText(inner, text).map((changed) =>
      Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed },
    ),
  )
}

/** Not a verdict, a status or the time of the start, which are none of the system's texts. */
function isFree(text: string): boolean {
  return !/^(pass|fail|error|inconclusive|kept|broken|not-checked|\d{4}-\d\d-.*Z)$/.test(text)
}

test.each(hostile)('the report is valid with this text in any single field: %j', (text) => {
  const results = withText(sampleResult([mixed], 4), text) as CampaignResult[]
  expect(results.length).toBeGreaterThan(80)
  for (const result of results) expect(read(result)('count(//testcase)')).toBeGreaterThan(0)
})
