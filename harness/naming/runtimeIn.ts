/** Says which runtime a runner's id is of, whatever else the id says. */

/** The runtime in an id: `wasmtime` of `wasmtime`, `wasmtime+aot@48` and of `wasmtime a`, an arm of a runner beside itself. */
export function runtimeIn(runner: string): string {
  return /^[^\s+@]+/.exec(runner)?.[0] ?? runner;
}
