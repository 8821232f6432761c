;; Imports a function of a module that no specification knows, and calls it.
(module
  (import "wasimeter:no-such-module" "function" (func $call))
  (memory (export "memory") 1)
  (func (export "_start") (call $call))
)
