import { describe, expect, test } from 'vitest'
import { readConfig, type SettingName } from './config.ts'

describe('readConfig', () => {
  test('has a default for everything', () => {
    expect(readConfig({}, {})).toEqual({
      runs: 10,
      run: undefined,
      seed: undefined,
      backend: 'auto',
      profile: 'tuned',
      budget: undefined,
      concurrency: 4,
      bail: false,
      out: 'reports',
      dryRun: false,
      temporalServer: undefined,
      temporalSqlTool: undefined,
      temporalMirror: 'https://github.com',
    })
  })

  test('takes a flag before the environment and that before the default', () => {
    const env = { CHAOS_RUNS: '3', CHAOS_CONCURRENCY: '2', CHAOS_BAIL: 'true', CHAOS_SEED: '' }
    expect(readConfig({ runs: '5' }, env)).toMatchObject({
      runs: 5,
      concurrency: 2,
      bail: true,
      seed: undefined,
    })
  })

  test.each<[SettingName, string, string]>([
    ['runs', '0', '--runs takes a whole number from 1 to 10000, got "0"'],
    ['runs', '-1', '--runs takes a whole number from 1 to 10000, got "-1"'],
    ['runs', 'ten', '--runs takes a whole number from 1 to 10000, got "ten"'],
    ['runs', '1e3', '--runs takes a whole number from 1 to 10000, got "1e3"'],
    ['budget', '0', '--budget takes a whole number from 1 to 60000, got "0"'],
    ['budget', '9999999', '--budget takes a whole number from 1 to 60000, got "9999999"'],
    ['backend', 'moon', '--backend takes one of auto, process, got "moon"'],
    ['profile', 'fast', '--profile takes one of sdk-defaults, tuned, got "fast"'],
    ['out', '', '--out takes a folder, got ""'],
    ['temporalMirror', 'ftp://x', '--temporal-mirror takes an http or https address, got "ftp://x"'],
  ])('refuses --%s %j', (name, value, message) => {
    expect(() => readConfig({ [name]: value }, {})).toThrow(message)
  })

  test('names the variable where the environment is wrong', () => {
    expect(() => readConfig({}, { CHAOS_RUNS: 'many' })).toThrow(
      'CHAOS_RUNS takes a whole number from 1 to 10000, got "many"',
    )
    expect(() => readConfig({}, { CHAOS_BAIL: 'perhaps' })).toThrow(
      'CHAOS_BAIL takes true or false, got "perhaps"',
    )
  })
})
