import { describe, expect, test } from 'vitest'
import { readConfig, shownSettings } from './config.ts'
import { profileNames } from './profiles.ts'
import type { SettingName } from './settings.ts'

test('reports show a mirror without its password, and every other setting as it is', () => {
  const config = readConfig({ temporalMirror: 'https://bob:SECRET@mirror.test/a', runs: '3' }, {})
  expect(config.temporalMirror).toBe('https://bob:SECRET@mirror.test/a')
  expect(shownSettings(config)).toEqual({ ...config, temporalMirror: 'https://mirror.test/a' })
})

describe('readConfig', () => {
  test('has a default for everything', () => {
    expect(readConfig({}, {})).toEqual({
      suite: 'gate',
      for: undefined,
      quick: false,
      keepGoing: false,
      golden: false,
      runs: 10,
      run: undefined,
      seed: undefined,
      backend: 'auto',
      worker: 'process',
      pull: false,
      ui: false,
      serverImage: undefined,
      adminToolsImage: undefined,
      postgresImage: undefined,
      uiImage: undefined,
      workerImage: undefined,
      profile: 'tuned',
      budget: undefined,
      concurrency: 4,
      bail: false,
      out: 'reports',
      detached: false,
      dryRun: false,
      temporalServer: undefined,
      temporalSqlTool: undefined,
      temporalMirror: 'https://github.com',
    })
  })

  test('a flag overrides the environment, and the environment overrides the default', () => {
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
    ['backend', 'moon', '--backend takes one of auto, process, docker, external, dev-server, got "moon"'],
    ['worker', 'moon', '--worker takes one of process, container, got "moon"'],
    ['serverImage', '', '--server-image takes the name of an image, got ""'],
    ['profile', 'fast', `--profile takes one of ${profileNames.join(', ')}, got "fast"`],
    ['suite', 'smok', '--suite takes one of smoke, gate, full, soak, got "smok"'],
    ['out', '', '--out takes a folder, got ""'],
    [
      'temporalMirror',
      'ftp://bob:SECRET@x/',
      '--temporal-mirror takes an http or https address, got "ftp://x/"',
    ],
    ['temporalMirror', 'ftp://x', '--temporal-mirror takes an http or https address, got "ftp://x"'],
  ])('refuses --%s %j', (name, value, message) => {
    expect(() => readConfig({ [name]: value }, {})).toThrow(message)
  })

  test('names the variable if the environment is wrong', () => {
    expect(() => readConfig({}, { CHAOS_RUNS: 'many' })).toThrow(
      'CHAOS_RUNS takes a whole number from 1 to 10000, got "many"',
    )
    expect(() => readConfig({}, { CHAOS_BAIL: 'perhaps' })).toThrow(
      'CHAOS_BAIL takes true or false, got "perhaps"',
    )
  })

  test('suggests the nearest name if there is one', () => {
    expect(() => readConfig({ suite: 'smok' }, {})).toThrow(
      expect.objectContaining({ kind: 'usage', hint: 'Did you mean smoke?' }),
    )
    expect(() => readConfig({ suite: 'xyz' }, {})).toThrow(expect.objectContaining({ hint: undefined }))
  })

  test('a setting that the command does not take keeps its default, whatever the environment says', () => {
    const env = { CHAOS_SUITE: 'nonsense', CHAOS_RUNS: '3' }
    expect(readConfig({}, env, ['runs'])).toMatchObject({ suite: 'gate', runs: 3 })
  })
})

describe('the length of a campaign', () => {
  test.each([
    [{ suite: 'smoke' }, { runs: 1, for: undefined }],
    [{ suite: 'full' }, { runs: 10, for: undefined }],
    [
      { suite: 'smoke', runs: '4' },
      { runs: 4, for: undefined },
    ],
    [{ suite: 'soak' }, { runs: undefined, for: 600_000 }],
    [
      { suite: 'soak', for: '30m' },
      { runs: undefined, for: 1_800_000 },
    ],
    [{ suite: 'soak', run: '7' }, { run: 7 }],
  ])('%j', (flags, length) => {
    expect(readConfig(flags, {})).toMatchObject(length)
  })

  test.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['2h', 7_200_000],
    ['1h30m', 5_400_000],
    ['1.5 min', 90_000],
    [' 1s ', 1_000],
    ['7d', 604_800_000],
  ])('a soak for %j', (text, ms) => {
    expect(readConfig({ suite: 'soak', for: text }, {}).for).toBe(ms)
  })

  test.each(['', '30', 'soon', '-5m', '1h of it', '1h 5x', '5 minutes', '999ms', '8d', '1e3s', '1,000s'])(
    'no soak for %j',
    (text) => {
      expect(() => readConfig({ suite: 'soak', for: text }, {})).toThrow(
        `--for takes a duration such as 90s, 30m or 1h30m, from 1s to 7d, got ${JSON.stringify(text)}`,
      )
    },
  )

  test.each([
    [{ for: '30m' }, '--for sets the length of a soak', 'Add --suite soak.'],
    [{ keepGoing: true }, '--keep-going is only for a soak', 'Leave it out.'],
    [{ suite: 'soak', runs: '3' }, 'a soak takes no --runs', 'Leave --runs out.'],
    [
      { suite: 'soak', keepGoing: true, bail: true },
      '--keep-going and --bail contradict each other',
      'Leave one of them out.',
    ],
  ])('refuses %j', (flags, message, hint) => {
    expect(() => readConfig(flags, {})).toThrow(
      expect.objectContaining({ kind: 'usage', message: expect.stringContaining(message), hint }),
    )
  })
})
