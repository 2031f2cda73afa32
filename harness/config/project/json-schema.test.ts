import { expect, test } from 'vitest'
import { configFields, projectJsonSchema } from './json-schema.ts'

test('every field says what it is', () => {
  const fields = configFields()
  expect(fields.length).toBeGreaterThan(30)
  expect(fields.filter(({ description }) => description === '')).toEqual([])
})

test('fields in lists and under names have a path, whether they must be there, and their default', () => {
  const fields = new Map(configFields().map((field) => [field.path, field]))
  expect(fields.get('build.command')).toMatchObject({ isRequired: true })
  expect(fields.get('worker.graceMs')).toMatchObject({ isRequired: false, default: 10_000 })
  expect(fields.get('services[].url')).toMatchObject({ isRequired: true })
  expect(fields.get('workloads.NAME.messages[].at')).toMatchObject({ default: 'started' })
  expect(fields.get('workloads')).toMatchObject({ isRequired: true })
  expect(fields.get('budgetMs')).toMatchObject({ default: 5_000 })
})

test('only what must be written is required, and no unknown field is allowed', () => {
  const schema = projectJsonSchema()
  expect(schema.required).toEqual(['workloads'])
  expect(schema.additionalProperties).toBe(false)
})
