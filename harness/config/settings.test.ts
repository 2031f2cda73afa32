import { describe, expect, test } from 'vitest'
import {
  defaultValue,
  flagName,
  settingCommands,
  settingScopes,
  shownDefault,
  type Setting,
} from './setting.ts'
import { settings, settingNames, settingsIn, settingsOf, settingsThatRepeatRuns } from './settings.ts'

describe.each(Object.entries<Setting>(settings))('%s', (name, setting) => {
  test('has its own flag and variable, both made from its name', () => {
    const words = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    expect(flagName(setting)).toBe(`--${words}`)
    expect(setting.env).toBe(`CHAOS_${words.replaceAll('-', '_').toUpperCase()}`)
  })

  test('shows a default, in words only if the schema has none', () => {
    expect(shownDefault(setting)).not.toBe('')
    expect(setting.computedDefault === undefined).toBe(defaultValue(setting) !== undefined)
  })

  test('has a description that fits a narrow cell', () => {
    expect(setting.description).toMatch(/^[A-Z].*\.$/)
    expect(setting.description.length).toBeLessThanOrEqual(110)
  })

  test('belongs to a command', () => {
    expect(setting.commands.length).toBeGreaterThan(0)
  })
})

test('defaults are shown as people type them', () => {
  expect(shownDefault(settings.suite)).toBe('gate')
  expect(shownDefault(settings.concurrency)).toBe('4')
  expect(shownDefault(settings.bail)).toBe('off')
  expect(shownDefault(settings.seed)).toBe('drawn and printed')
})

test('each command takes its own settings', () => {
  expect(settingsOf('run')).toEqual(settingNames)
  expect(settingsOf('doctor')).toEqual([
    'serverImage',
    'adminToolsImage',
    'postgresImage',
    'workerImage',
    'temporalServer',
    'temporalSqlTool',
    'temporalMirror',
  ])
  expect(settingsOf('plan')).toEqual(['run', 'seed', 'profile', 'budget', 'backend'])
  // A plan says which run it is; what remains is how the run goes and where its reports go.
  expect(settingNames.filter((name) => !settingsOf('replay').includes(name as never))).toEqual([
    'suite',
    'for',
    'keepGoing',
    'runs',
    'quick',
    'run',
    'seed',
    'concurrency',
    'bail',
    'dryRun',
  ])
  expect(settingsOf('vitest')).toEqual(['runs', 'seed', 'profile', 'budget', 'out'])
  // A comparison runs every run under every profile, so no setting may select runs or stop them early.
  const missing = settingNames.filter((name) => !settingsOf('compare').includes(name as never))
  expect(missing).toEqual(['suite', 'for', 'keepGoing', 'quick', 'run', 'bail', 'profile', 'golden'])
  expect(settingCommands.every((command) => settingsOf(command).length > 0)).toBe(true)
})

test('a rerun repeats exactly the settings that decide how a run goes', () => {
  expect(settingsThatRepeatRuns()).toEqual([
    'run',
    'seed',
    'profile',
    'budget',
    'backend',
    'golden',
    'worker',
    'serverImage',
    'adminToolsImage',
    'postgresImage',
    'workerImage',
    'temporalServer',
    'temporalSqlTool',
  ])
})

test('every setting is in a scope, and every scope has settings', () => {
  const scopes = Object.keys(settingScopes) as (keyof typeof settingScopes)[]
  const grouped = scopes.map((scope) => settingsIn(scope))
  expect(grouped.every((names) => names.length > 0)).toBe(true)
  expect(grouped.flat().toSorted()).toEqual(settingNames.toSorted())
})
