;; Imports a function with a result of another type, and never calls it.
(module
  (import "wasi_snapshot_preview1" "fd_close" (func (param i32) (result i64)))
  (memory (export "memory") 1)
  (func (export "_start"))
)
