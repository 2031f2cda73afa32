import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Language } from './language.ts'
import { languagesIn, look } from './look.ts'

const examples = path.join(import.meta.dirname, '../../../examples')

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-init-'))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), text)
  }
  return folder
}

async function seen(language: Language, files: Readonly<Record<string, string>>) {
  return look(await folderWith(files), language)
}

describe('the examples', () => {
  test.each<[Language, object]>([
    ['typescript', { build: ['npm', 'run', 'build'], worker: ['node', 'lib/worker.js'] }],
    ['python', { worker: [expect.stringMatching(/python3?$/), 'worker.py'] }],
    ['go', { build: ['go', 'build', '-o', 'bin/worker', './worker'], worker: ['bin/worker'] }],
    ['java', { worker: ['java', '-cp', 'target/classes:target/lib/*', 'orders.OrderWorker'] }],
  ])('%s', async (language, commands) => {
    const folder = path.join(examples, language)
    expect(await languagesIn(folder)).toEqual([language])
    expect(await look(folder, language)).toMatchObject({
      workflows: [{ type: 'OrderWorkflow', parameters: expect.stringMatching(/order/i) }],
      messages: [{ kind: 'signal', name: 'approve' }],
      queues: ['orders'],
      ...commands,
    })
  })
})

describe('which language', () => {
  test('a manifest that names the SDK counts more than one that brought the harness', async () => {
    const folder = await folderWith({
      'package.json': '{"devDependencies": {"temporal-chaos": "1"}}',
      'pyproject.toml': '[project]\ndependencies = ["temporalio>=1"]\n',
    })
    expect(await languagesIn(folder)).toEqual(['python'])
  })

  test('what the code says counts more than a manifest without the SDK, and the manifest more than nothing', async () => {
    const withPackage = { 'package.json': '{"devDependencies": {"temporal-chaos": "1"}}' }
    const worker = 'from temporalio.worker import Worker\nworker = Worker(client, task_queue="orders")\n'
    expect(await languagesIn(await folderWith({ ...withPackage, 'worker.py': worker }))).toEqual(['python'])
    expect(await languagesIn(await folderWith(withPackage))).toEqual(['typescript'])
  })

  test('a folder of a larger project is known by its worker', async () => {
    const folder = await folderWith({
      'worker/main.go': 'package main\nvar w = worker.New(c, "q", o)',
      'a.py': '',
    })
    expect(await languagesIn(folder)).toEqual(['go'])
  })

  test('none, and several', async () => {
    expect(await languagesIn(await folderWith({ 'README.md': 'temporalio' }))).toEqual([])
    const several = await folderWith({
      'go.mod': 'require go.temporal.io/sdk v1',
      'pom.xml': '<g>io.temporal</g>',
    })
    expect(await languagesIn(several)).toEqual(['go', 'java'])
  })
})

test('nothing is found in an empty folder, and nothing is made up', async () => {
  const { worker, workflows, queues, filesRead } = await seen('python', {})
  expect({ worker, workflows, queues, filesRead }).toEqual({
    worker: undefined,
    workflows: [],
    queues: [],
    filesRead: 0,
  })
})

test('what others wrote is not read, and tests are not', async () => {
  const text = 'from temporalio import workflow\n@workflow.defn\nclass Other:\n  pass\n'
  const { filesRead } = await seen('python', {
    'node_modules/a/a.py': text,
    '.venv/lib/a.py': text,
    'vendor/a.py': text,
    'tests/test_a.py': text,
    'test_b.py': text,
  })
  expect(filesRead).toBe(0)
})

describe('Python', () => {
  test('names, parameters on several lines, a module of a package, a queue with a default', async () => {
    const found = await seen('python', {
      'uv.lock': '',
      'app/__init__.py': '',
      'app/flows.py': [
        'from temporalio import workflow',
        '@workflow.defn(name="charge(card", sandboxed=False)',
        '@other.decorator',
        'class Charge:',
        '    @workflow.run',
        '    async def run(',
        '        self,',
        '        amount: int,',
        '        by: str = "me",',
        '    ) -> None:',
        '        await workflow.execute_child_workflow(Child.run)',
        '    @workflow.update(name="set-by")',
        '    async def set_by(self, by: str) -> None: ...',
        '    @workflow.signal',
        '    async def stop(self) -> None: ...',
        '@workflow.defn',
        'class Child:',
        '    @workflow.run',
        '    async def run(self) -> None: ...',
      ].join('\n'),
      'app/worker.py': [
        'import os',
        'from temporalio.worker import Worker',
        'queue = os.environ.get("QUEUE", "cards")',
        'worker = Worker(client, task_queue=queue, workflows=[Charge])',
      ].join('\n'),
    })
    expect(found).toMatchObject({
      workflows: [
        { type: 'charge(card', parameters: 'amount: int, by: str = "me"' },
        { type: 'Child', parameters: '' },
      ],
      messages: [
        { kind: 'signal', name: 'stop' },
        { kind: 'update', name: 'set-by' },
      ],
      queues: ['cards'],
      worker: ['uv', 'run', 'python', '-m', 'app.worker'],
    })
  })
})

describe('TypeScript', () => {
  const flows = [
    "import { defineUpdate, executeChild } from '@temporalio/workflow'",
    "export const setBy = defineUpdate<void, [string]>('setBy')",
    'export async function child(): Promise<void> {}',
    'export const parent = async (by: string) => executeChild(child, {})',
    'export function helper() {}',
    'export async function beforeAll() {}',
    'export async function zFromAClient() {}',
  ].join('\n')

  test('workflows that clients start come first, those that workflows start last; a script that watches is not how a worker runs', async () => {
    const found = await seen('typescript', {
      'package.json': JSON.stringify({
        scripts: {
          'start.watch': 'nodemon src/worker.ts',
          start: 'ts-node src/worker.ts',
          workflow: 'ts-node src/client.ts',
        },
      }),
      'pnpm-lock.yaml': '',
      'src/workflows.ts': flows,
      'src/client.ts':
        "import { Client } from '@temporalio/client'\nstart(zFromAClient, { taskQueue: 'of-the-client' })",
      'src/worker.ts': "Worker.create({ taskQueue: process.env.QUEUE ?? 'mine' })",
    })
    expect(found).toMatchObject({
      workflows: [
        { type: 'zFromAClient' },
        { type: 'parent', parameters: 'by: string' },
        { type: 'beforeAll' },
        { type: 'child', parameters: '' },
      ],
      messages: [{ kind: 'update', name: 'setBy' }],
      queues: ['mine', 'of-the-client'],
      worker: ['pnpm', 'run', 'start'],
    })
    expect(found.build).toBeUndefined()
  })

  test('a package.json that is no JSON, and one without scripts', async () => {
    const broken = await seen('typescript', { 'package.json': '{' })
    expect(broken.worker).toBeUndefined()
    const bare = await seen('typescript', { 'package.json': '{}', 'src/run.ts': 'Worker.create({})' })
    expect(bare.worker).toEqual(['npx', 'tsx', 'src/run.ts'])
  })
})

test('Go: workflows that are registered, one under another name, and a worker at the top', async () => {
  const found = await seen('go', {
    'go.mod': 'module a',
    'main.go': [
      'package main',
      'func Helper(ctx workflow.Context) {}',
      'func Flow(ctx workflow.Context) error { return nil }',
      'func (f *Flows) Pay(ctx workflow.Context, cents int) error { return nil }',
      'func main() {',
      '  w := worker.New(c, "pay", worker.Options{})',
      '  w.RegisterWorkflow(flows.Flow)',
      '  w.RegisterWorkflowWithOptions(f.Pay, workflow.RegisterOptions{Name: "pay-v2"})',
      '}',
    ].join('\n'),
  })
  expect(found).toMatchObject({
    workflows: [{ type: 'pay-v2' }, { type: 'Flow', parameters: '' }],
    queues: ['pay'],
    build: ['go', 'build', '-o', 'bin/worker', '.'],
  })
})

test('Java: Gradle, a name of the workflow, an update', async () => {
  const found = await seen('java', {
    'build.gradle':
      "plugins { id 'application' }\ndependencies { implementation 'io.temporal:temporal-sdk:1' }",
    'settings.gradle': "rootProject.name = 'pay'",
    gradlew: '',
    'src/main/java/pay/Pay.java': [
      'package pay;',
      '@WorkflowInterface',
      'public interface Pay {',
      '  @WorkflowMethod(name = "pay-v2")',
      '  String run(String card, long cents);',
      '  @UpdateMethod',
      '  void setCard(String card);',
      '}',
    ].join('\n'),
    'src/main/java/pay/Main.java': 'class Main { void main(String[] a) { factory.newWorker("pay"); } }',
  })
  expect(found).toMatchObject({
    workflows: [{ type: 'pay-v2', parameters: 'String card, long cents' }],
    messages: [{ kind: 'update', name: 'setCard' }],
    queues: ['pay'],
    build: ['./gradlew', '--quiet', 'installDist'],
    worker: ['build/install/pay/bin/pay'],
  })
})
