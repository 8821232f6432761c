/** The part of the WebAssembly JavaScript API that children use; TypeScript ships it only with the browser's types. */

declare namespace WebAssembly {
  type Module = object;
  type Imports = Record<string, Record<string, unknown>>;
  interface Instance {
    exports: Record<string, unknown>;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(module: Module, imports: Imports): Promise<Instance>;
}
