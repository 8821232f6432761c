;; Exits with 3 in its start function; `_start` would end with 4.
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (func $before (call $proc_exit (i32.const 3)))
  (start $before)
  (func (export "_start") (call $proc_exit (i32.const 4)))
)
