// Lint rules, among them the import order of the folders: what a folder may not import follows from one list.
import { defineConfig, type OxlintOverride } from 'oxlint'

/** The folders of harness/: each may import from itself and from those before it, never from those after it. */
const layers = [
  'core',
  'config',
  'history',
  'temporal',
  'record',
  'result',
  'processes',
  'containers',
  'sessions',
  'cluster',
  'worker',
  'effects',
  'moments',
  'faults',
  'observations',
  'analysis',
  'checks',
  'scenario',
  'campaign',
  'mutation',
  'controls',
  'report',
  'cli',
  'vitest',
]

const tests = ['**/*.test.ts']

type Pattern = ({ regex: string } | { group: string[]; allowTypeImports?: boolean }) & { message: string }

function restrictImports(files: string, ...patterns: Pattern[]): OxlintOverride {
  return {
    files: [files],
    excludeFiles: tests,
    rules: { 'no-restricted-imports': ['error', { patterns }] },
  }
}

/** The demonstration uses the package as its users do. */
const byName = {
  regex: '^(\\.\\./)+harness/',
  message: 'Workflows and workers import the package by its name, temporal-chaos.',
}

/** The harness knows no scenario, workflow or fixture: it finds them by the paths it is given. */
const outsideHarness = '(\\.\\./)+(scenarios|workflows|fixtures|test|bench|scripts)/'

function layerOrder(layer: string, at: number): OxlintOverride {
  const after = [...layers.slice(at + 1).map((name) => `${name}/`), 'index\\.ts$', 'vitest\\.ts$']
  return restrictImports(`harness/${layer}/**/*.ts`, {
    regex: `^(\\.\\./)+(${after.join('|')})|^${outsideHarness}|^temporal-chaos`,
    message: `harness/${layer} may import only from itself and from folders above it in the layout (oxlint.config.ts).`,
  })
}

export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'promise', 'node', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error', perf: 'error' },
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  // An example is somebody else's project, with rules and packages of its own.
  ignorePatterns: ['node_modules', 'reports', 'examples'],
  rules: {
    // Types: nothing unknown slips through, no promise is forgotten, every case is handled.
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/await-thenable': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-unsafe-argument': 'error',
    'typescript/no-unsafe-assignment': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-member-access': 'error',
    'typescript/no-unsafe-return': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/prefer-promise-reject-errors': 'error',
    'typescript/return-await': ['error', 'error-handling-correctness-only'],
    'typescript/switch-exhaustiveness-check': 'error',
    'typescript/use-unknown-in-catch-callback-variable': 'error',
    'typescript/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],

    // Errors are never swallowed.
    'no-empty': ['error', { allowEmptyCatch: false }],
    'preserve-caught-error': 'error',

    // Modules: named exports, no cycles, no barrels; what is exported never changes.
    'import/no-default-export': 'error',
    'import/no-cycle': ['error', { ignoreTypes: false }],
    'import/no-mutable-exports': 'error',
    'import/no-commonjs': 'error',
    'oxc/no-barrel-file': ['error', { threshold: 0 }],
    'unicorn/prefer-node-protocol': 'error',

    // Plain code.
    'max-lines': ['error', { max: 200 }],
    'no-var': 'error',
    'prefer-const': 'error',
    eqeqeq: 'error',
    'unicorn/throw-new-error': 'error',

    // The type of a parsed schema or of `Object.keys` has to be asserted somewhere.
    'typescript/no-unsafe-type-assertion': 'off',
    // Interfaces here are made of functions that need no `this`, to be taken apart: `scenario({ start, reach })`.
    'typescript/unbound-method': 'off',
    // A `then` may be there for what it does.
    'promise/always-return': 'off',
    // Waiting in turn is what a scenario, a poll and a shutdown do.
    'no-await-in-loop': 'off',
    // Lists here are short: what reads best wins.
    'oxc/no-map-spread': 'off',
    'unicorn/consistent-function-scoping': 'off',
    // `using` needs a name for what is only held.
    'no-underscore-dangle': 'off',
    // `await using x = ...` inside a scope of its own reads well with the outer name.
    'no-shadow': 'off',
  },
  overrides: [
    ...layers.map(layerOrder),
    {
      // The public API and the vitest adapter stand on everything.
      files: ['harness/index.ts', 'harness/config.ts', 'harness/vitest.ts'],
      rules: { 'no-restricted-imports': 'off', 'oxc/no-barrel-file': 'off' },
    },
    restrictImports('scenarios/**/*.ts', {
      regex:
        '^[^.t]|^t[^e]|^temporal-chaos/|^\\./([^s]|s[^h])|^(\\.\\./)+(harness|fixtures|test|bench|scripts|docker)/',
      message:
        'A scenario imports only temporal-chaos, ../workflows/ and ./shared/, so that it reads as a scenario.',
    }),
    restrictImports('workflows/**/*.ts', byName, {
      group: ['*', '../**', '!./**', '!@temporalio', '!@temporalio/workflow', '!temporal-chaos/probes'],
      allowTypeImports: true,
      message:
        'Workflow code is deterministic: it imports @temporalio/workflow, other workflow files, and types.',
    }),
    restrictImports('fixtures/**/*.ts', byName),
    restrictImports('controls/**/*.ts', byName),
    {
      files: ['scenarios/**/*.ts', 'controls/*.ts', 'fixtures/**/scenarios/**/*.ts', '*.config.ts'],
      rules: { 'import/no-default-export': 'off' },
    },
    {
      files: ['**/*.test.ts'],
      rules: {
        'max-lines': 'off',
        // vitest's asymmetric matchers are `any`.
        'typescript/no-unsafe-assignment': 'off',
        'vitest/no-standalone-expect': 'off',
      },
    },
  ],
})
