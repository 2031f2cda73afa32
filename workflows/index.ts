// The workflow bundle's entry: everything exported here can be started by name.
export { durableDemo } from './durable-demo.ts'
