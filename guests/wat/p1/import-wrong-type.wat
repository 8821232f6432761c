;; Imports a function with a parameter too few, and never calls it.
(module
  (import "wasi_snapshot_preview1" "fd_close" (func (result i32)))
  (memory (export "memory") 1)
  (func (export "_start"))
)
